import "server-only";
import { AppError } from "@/lib/contracts/errors";
import type { JudgeNoise } from "@/lib/contracts/judge-checks";
import type { Container } from "../container";

const ACTOR = { kind: "system", name: "judge-noise" } as const;

export interface NoiseOptions {
  /** Id or name of a judge; null when the database holds only one that can be measured. */
  judge: string | null;
  answers: number;
  readings: number;
}

export interface MeasuredNoise extends JudgeNoise {
  judge: string;
  version: number;
  simulated: boolean;
}

/** Has the version in use read recorded answers afresh, stores what came of it, and waits for the end. */
export async function measureNoiseOf(
  container: Pick<Container, "deps" | "services" | "start">,
  { judge: wanted, answers, readings }: NoiseOptions,
): Promise<MeasuredNoise> {
  const { deps, services } = container;
  const judges = deps.repos.projects
    .list()
    .flatMap(({ id }) => deps.repos.judges.list(id))
    .filter(({ kind }) => kind === "model");
  const found = judges.filter(({ id, name }) => wanted === null || id === wanted || name === wanted);
  const [judge, another] = found;
  if (!judge)
    throw new AppError(
      "not-found",
      wanted === null ? "There is no judge to measure." : `There is no judge "${wanted}" that a model plays.`,
    );
  if (another)
    throw new AppError(
      "invalid-input",
      `Several judges fit. Name one by its id: ${found.map(({ id, name }) => `${id} (${name})`).join(", ")}.`,
    );
  const version = deps.repos.judges.inUse(judge.id);
  if (!version) throw new AppError("not-ready", `"${judge.name}" has no version in use.`);
  const traceIds = services.judgeChecks
    .answers(ACTOR, judge.id)
    .items.slice(0, answers)
    .map(({ traceId }) => traceId);
  if (traceIds.length === 0)
    throw new AppError(
      "not-ready",
      `"${judge.name}" has no recorded answers of practice records yet. Get answers first.`,
    );
  const started = services.judgeChecks.start(ACTOR, judge.id, {
    kind: "noise",
    versionId: version.id,
    otherVersionId: null,
    changes: null,
    traceIds,
    readings,
  });
  const jobId = deps.repos.judgeChecks.byId(started.id)?.jobId ?? "";
  await deps.jobs.finished(jobId);
  const done = services.judgeChecks.get(ACTOR, started.id);
  if (done.noise === null)
    throw new AppError(
      "not-ready",
      `It could not be measured: ${done.cause ?? "it was stopped"}. Readings that came are kept.`,
    );
  return { ...done.noise, judge: judge.name, version: version.version, simulated: done.simulated };
}
