import "server-only";
import type { Run } from "@/db/repos/runs.repo";
import { AppError } from "@/lib/contracts/errors";
import type { SteerInput } from "@/lib/contracts/runs";
import type { ServiceDeps } from "../service-deps";
import { capsOf } from "./run-caps";

/**
 * Refuses at once what the engine could only ignore later: a budget that is no raise, a text without a parent, without
 * a change, or of a part that this prompt does not have.
 */
export function checkSteer({ repos }: Pick<ServiceDeps, "repos">, run: Run, input: SteerInput): void {
  if (input.kind === "raise-budget") checkRaise(repos, run, input);
  if (input.kind === "add-candidate") checkEdit(repos, run, input);
}

function checkRaise(
  repos: ServiceDeps["repos"],
  run: Run,
  input: Extract<SteerInput, { kind: "raise-budget" }>,
): void {
  const caps = capsOf(repos, run);
  const isRaise =
    input.maxMetricCalls > caps.maxMetricCalls ||
    (caps.maxUsd !== null && (input.maxUsd ?? 0) > caps.maxUsd) ||
    (caps.maxMinutes !== null && (input.maxMinutes ?? 0) > caps.maxMinutes);
  if (isRaise) return;
  const detail = `Run ${run.number} may use ${caps.maxMetricCalls} scored answers already. Nothing was changed; enter a higher number.`;
  throw new AppError("invalid-input", detail);
}

function checkEdit(
  repos: ServiceDeps["repos"],
  run: Run,
  input: Extract<SteerInput, { kind: "add-candidate" }>,
): void {
  const parent = repos.candidates.byId(run.id, input.parentId);
  if (!parent) throw new AppError("not-found", "This run has no such candidate to start from.");
  const names = Object.keys(input.components);
  const foreign = names.find((name) => !Object.hasOwn(parent.components, name));
  if (foreign !== undefined)
    throw new AppError("invalid-input", `The prompt of this run has no part “${foreign}”.`);
  const isChanged = names.some((name) => input.components[name] !== parent.components[name]);
  if (!isChanged)
    throw new AppError("invalid-input", "The text is the same as the candidate's. Nothing was added.");
}
