import "server-only";
import { AppError } from "@/lib/contracts/errors";
import type { Tried, TryQuestionInput } from "@/lib/contracts/evaluations";
import type { RolloutExecutor, RolloutSpec, TargetSnapshot } from "@/lib/rollouts/types";
import { targetSnapshotOf } from "../runs/run-frame";
import type { ServiceDeps } from "../service-deps";
import { currentTargetVersionId } from "../targets/current-target";

const PATIENCE_MS = 120_000;

/** Asks one question of one or two texts, side by side; no judge, and nothing is kept but what it cost. */
export async function tryQuestion(
  deps: ServiceDeps,
  executor: RolloutExecutor,
  projectId: string,
  input: TryQuestionInput,
  signal: AbortSignal,
): Promise<Tried> {
  const { repos, models } = deps;
  const project = repos.projects.byId(projectId);
  const version = repos.targets.versionById(currentTargetVersionId(repos, projectId));
  if (!project || !version)
    throw new AppError("not-found", "There is no such project, or you are not a member of it.");
  const { task } = project.models;
  const target = targetSnapshotOf(deps, version, task);
  const host = models.forProject(projectId, "try-question");
  const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  const answers = await Promise.all(
    input.texts.map(async (components) => {
      const startedAt = deps.now();
      const outcome = await executor.execute(specOf(deps, target, components, input), host, patience);
      // Nobody is asked to grade it, so only the output tells whether it was answered.
      return {
        output: outcome.output,
        cause: outcome.output === null ? causeOf(outcome) : null,
        ms: deps.now() - startedAt,
      };
    }),
  );
  const simulated = target.kind === "chat" && repos.connections.byId(task.connectionId)?.kind !== "real";
  return { answers, simulated };
}

function causeOf(outcome: Awaited<ReturnType<RolloutExecutor["execute"]>>): string {
  return outcome.status === "failed" ? outcome.cause : "The assistant gave no answer.";
}

function specOf(
  { newId }: Pick<ServiceDeps, "newId">,
  target: TargetSnapshot,
  components: Readonly<Record<string, string>>,
  { question, fields }: TryQuestionInput,
): RolloutSpec {
  const id = newId("try");
  return {
    runId: id,
    rolloutId: id,
    recordId: id,
    target,
    components,
    layout: Object.keys(components),
    inputs: { messages: [{ role: "user", content: question }], fields },
    inputsText: question,
    expectationsText: "",
    judges: [],
    sample: 0,
    callKeyPrefix: id,
    knownOutput: null,
  };
}
