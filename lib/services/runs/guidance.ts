import "server-only";
import type { ProposalGuidance } from "@/lib/gepa";
import type { RolloutJudge } from "@/lib/rollouts/types";
import { variablesIn } from "../prompts/variables-in";
import type { ServiceDeps } from "../service-deps";

const SHORTEST_LIMIT_CHARS = 6_000;
const GROWTH_LIMIT = 4;

/** What the reflection model is told beside the examples: who relies on the assistant, what must stay, what the judge learned. */
export function guidanceOf(
  { repos }: Pick<ServiceDeps, "repos">,
  projectId: string,
  components: Readonly<Record<string, string>>,
  judges: readonly RolloutJudge[],
): ProposalGuidance {
  const about = repos.projects.byId(projectId)?.about;
  const description = [
    about?.purpose,
    about?.reliedOnBy && `Relied on by: ${about.reliedOnBy}`,
    about?.outOfScope && `Out of scope: ${about.outOfScope}`,
    about?.dataKinds && `Kinds of data: ${about.dataKinds}`,
  ].filter((line): line is string => Boolean(line));
  const longest = Math.max(0, ...Object.values(components).map((text) => text.length));
  return {
    description: description.join("\n"),
    keepVariables: Object.fromEntries(
      Object.entries(components).map(([name, text]) => [name, variablesIn(text)]),
    ),
    guidelines: judges.flatMap(({ snapshot }) =>
      snapshot.guidelines.filter(({ active }) => active).map(({ id, text }) => ({ id, text })),
    ),
    maxComponentChars: Math.max(SHORTEST_LIMIT_CHARS, longest * GROWTH_LIMIT),
    editStyle: "small-edits",
  };
}
