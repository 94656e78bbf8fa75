import "server-only";
import type { NewJudgeVersion } from "@/db/repos/judges.repo";

/** What a version is of that somebody wrote and no label has taught yet. */
export function untaughtVersion(): Pick<
  NewJudgeVersion,
  "origin" | "parentVersionId" | "alignmentId" | "models" | "guidelines" | "episodes" | "retrieval" | "rule"
> {
  return {
    origin: "written",
    parentVersionId: null,
    alignmentId: null,
    models: {},
    guidelines: [],
    episodes: [],
    retrieval: { kind: "lexical" },
    rule: null,
  };
}
