import "server-only";
import type { Project } from "@/db/repos/projects.repo";
import type { PromptVersion } from "@/db/repos/prompts.repo";
import { AppError } from "@/lib/contracts/errors";
import type { AgreementTable } from "@/lib/contracts/judges";
import type { OptimizationRecord } from "@/lib/contracts/records";
import type { StartRunInput } from "@/lib/contracts/runs";
import type { ServiceDeps } from "../service-deps";
import { planSets } from "../sets/plan-sets";
import { variablesOf } from "../sets/prompt-variables";
import { isUsable, plannedRecords } from "../sets/readiness";

/** A judge version of a launch, with what is known of its agreement with the experts. */
export interface LaunchJudge {
  judgeVersionId: string;
  name: string;
  version: number;
  isModel: boolean;
  guidelines: number;
  episodes: number;
  /** On labels that it had not seen; null = never compared. */
  agreement: AgreementTable | null;
}

export interface LaunchRecords {
  /** Records the run would learn from and compare on. */
  practice: OptimizationRecord[];
  sealed: number;
  /** Practice records left out since they say nothing of a good answer, or have no question. */
  unfinished: number;
  /** Those left out since they lack a field of the prompt, and the first such field. */
  withoutField: { records: number; field: string } | null;
}

/** Project, prompt version and judges of a launch. Throws `not-found` for what is not in this project. */
export function launchSubject(
  { repos }: Pick<ServiceDeps, "repos">,
  projectId: string,
  input: StartRunInput,
) {
  const project = repos.projects.byId(projectId);
  const version = repos.prompts.versionById(input.promptVersionId);
  const prompt = version ? repos.prompts.byId(version.promptId) : null;
  if (!project || !version || prompt?.projectId !== projectId) {
    throw new AppError("not-found", "This version of the prompt does not exist in this project.");
  }
  return {
    project,
    prompt,
    version,
    judges: input.judges.map(({ judgeVersionId }) => launchJudge(repos, projectId, judgeVersionId)),
  };
}

function launchJudge(repos: ServiceDeps["repos"], projectId: string, judgeVersionId: string): LaunchJudge {
  const version = repos.judges.versionById(judgeVersionId);
  const judge = version ? repos.judges.byId(version.judgeId) : null;
  if (!version || judge?.projectId !== projectId) {
    throw new AppError("not-found", "This version of the judge does not exist in this project.");
  }
  return {
    judgeVersionId,
    name: judge.name,
    version: version.version,
    isModel: judge.kind === "model",
    guidelines: version.guidelines.filter(({ active }) => active).length,
    episodes: version.episodeCount,
    agreement: agreementOf(repos, version),
  };
}

/** From the alignment that made this version, else from a later one that started from it. */
function agreementOf(
  repos: ServiceDeps["repos"],
  { id, judgeId, alignmentId }: { id: string; judgeId: string; alignmentId: string | null },
): AgreementTable | null {
  const own = alignmentId === null ? null : repos.alignments.byId(alignmentId);
  if (own?.after) return own.after;
  const tables = repos.alignments.list(judgeId).flatMap((one) => {
    if (one.draftVersionId === id) return one.after ?? [];
    return one.baseVersionId === id ? (one.before ?? []) : [];
  });
  return tables[0] ?? null;
}

/** The records that a run of this prompt version can use, with the sets that a start would give them. */
export function launchRecords(deps: ServiceDeps, project: Project, version: PromptVersion): LaunchRecords {
  const live = deps.repos.records.live(project.id);
  const isOpen = live.some(({ set }) => set === "unassigned");
  const plan = new Map(
    isOpen
      ? planSets(project.id, plannedRecords(deps, project.id, live)).map(({ recordId, set }) => [
          recordId,
          set,
        ])
      : [],
  );
  const setOf = (record: OptimizationRecord) => plan.get(record.id) ?? record.set;
  const open = live.filter((record) => setOf(record) !== "sealed");
  const finished = open.filter((record) => setOf(record) === "practice" && isUsable(record));
  const variables = variablesOf(Object.values(version.components));
  const lacks = (record: OptimizationRecord): string | undefined =>
    variables.find((name) => (record.inputs.fields[name] ?? "").trim() === "");
  const lacking = finished.flatMap((record) => lacks(record) ?? []);
  return {
    practice: finished.filter((record) => lacks(record) === undefined),
    sealed: live.filter((record) => setOf(record) === "sealed").length,
    unfinished: open.filter((record) => !isUsable(record)).length,
    withoutField: lacking[0] === undefined ? null : { records: lacking.length, field: lacking[0] },
  };
}
