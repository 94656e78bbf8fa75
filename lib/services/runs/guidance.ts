import "server-only";
import type { About } from "@/lib/contracts/projects";
import type { ProposalGuidance } from "@/lib/gepa";
import type { RolloutJudge } from "@/lib/rollouts/types";
import { variablesIn } from "../prompts/variables-in";

const SHORTEST_LIMIT_CHARS = 6_000;
const GROWTH_LIMIT = 4;

/** The About card in prose: who relies on the assistant, for what, and for what not. */
export function aboutText(about: About): string {
  const { purpose, reliedOnBy, outOfScope, dataKinds } = about;
  const lines = [
    purpose,
    reliedOnBy && `Relied on by: ${reliedOnBy}`,
    outOfScope && `Out of scope: ${outOfScope}`,
    dataKinds && `Kinds of data: ${dataKinds}`,
  ];
  return lines.filter(Boolean).join("\n");
}

/** What the reflection model is told beside the examples: what the assistant is for, what must stay, what the judge learned. */
export function guidanceOf(
  description: string,
  components: Readonly<Record<string, string>>,
  judges: readonly RolloutJudge[],
): ProposalGuidance {
  const longest = Math.max(0, ...Object.values(components).map((text) => text.length));
  return {
    description,
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
