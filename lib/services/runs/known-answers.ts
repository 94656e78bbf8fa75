import "server-only";
import type { Project } from "@/db/repos/projects.repo";
import type { PromptVersion } from "@/db/repos/prompts.repo";
import type { OptimizationRecord } from "@/lib/contracts/records";
import type { StartRunInput } from "@/lib/contracts/runs";
import { outputKeyOf } from "@/lib/services/rollouts/rollout-keys";
import type { ServiceDeps } from "../service-deps";
import { targetOf } from "./run-frame";

/** Looking every record up would take too long on large sets for a page that opens at once. */
const LOOKED_AT = 200;

/**
 * Share of the records whose answer under the starting prompt is known already: it counts as a scored answer, and is
 * not paid for again (architecture.md, Memo). None for agents and for `reference`, which use no memo across runs.
 */
export function knownAnswersShare(
  deps: Pick<ServiceDeps, "repos" | "secrets">,
  launch: {
    project: Project;
    version: PromptVersion;
    targetVersionId: string | null;
    practice: readonly OptimizationRecord[];
    input: StartRunInput;
  },
): number {
  const { project, version, targetVersionId, practice, input } = launch;
  const { task } = project.models;
  // Under a money cap replies get a longest length, and are other answers then.
  const isLimited = input.maxUsd !== null && task.settings.maxOutputTokens === undefined;
  if (targetVersionId === null || practice.length === 0 || isLimited || input.strategy === "reference")
    return 0;
  const target = targetOf(deps, { targetVersionId, models: { task } });
  if (target.kind === "http") return 0;
  const { components, layout } = version;
  const looked = practice.slice(0, LOOKED_AT);
  const known = looked.filter(({ inputs }) => {
    const asked = { messages: inputs.messages, fields: inputs.fields };
    const key = outputKeyOf({ target, components, layout, inputs: asked, sample: 0 });
    return deps.repos.rollouts.findOutput(key) !== null;
  });
  return known.length / looked.length;
}
