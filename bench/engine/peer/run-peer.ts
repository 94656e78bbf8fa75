import type { Candidate } from "@/lib/gepa/types";
import { countImprovements, type Measures, spendOf } from "../measures";
import { createMeter } from "../meter";
import { seedCandidate } from "../prompt-reading";
import { simulateReflection } from "../reflection";
import { type ArmSettings, setsOf, WORKERS } from "../run-arm";
import { reflectionSeconds, rolloutSeconds } from "../virtual-time";
import { attainableQuality, rollOut, trueQuality, type World } from "../world";
import type { Peer, PeerWorld } from "./peer";

/** Our engine keeps room for two re-runs behind each reading; the same numbers here give the same answers. */
const READINGS = 3;

/** One run of the published implementation on a world; what it spends is counted here. */
export async function runPeer(
  peer: Peer,
  world: World,
  settings: ArmSettings,
  useMerge: boolean,
): Promise<Measures> {
  const meter = createMeter();
  const clock = { seconds: 0 };
  const { trainset, valset } = setsOf(world, settings);
  const isShared = settings.split === undefined || settings.split === "shared";
  const result = await peer.run(
    {
      seedCandidate: seedCandidate(world.regime),
      trainset,
      valset: isShared ? null : valset,
      maxMetricCalls: settings.maxMetricCalls,
      useMerge,
      seed: settings.seed,
    },
    answersOf(world, meter, clock, settings.seed),
  );
  if (result.metricCalls !== meter.rollouts())
    throw new Error(`The peer counts ${result.metricCalls} metric calls, the world ${meter.rollouts()}.`);
  const recommended = result.candidates[result.best] as Candidate;
  return {
    ...spendOf(meter),
    share: trueQuality(world, recommended) / attainableQuality(world),
    minutes: settings.hasLatency ? clock.seconds / 60 : 0,
    improvements: countImprovements(result.candidates.map((candidate) => trueQuality(world, candidate))),
    refused: 0,
  };
}

function answersOf(
  world: World,
  meter: ReturnType<typeof createMeter>,
  clock: { seconds: number },
  seed: number,
): PeerWorld {
  const byId = new Map(world.records.map((record) => [record.id, record]));
  const readings = new Map<string, number>();
  return {
    evaluate(jobs) {
      const durations: number[] = [];
      const rollouts = jobs.map(({ candidate, exampleId }) => {
        const key = `${JSON.stringify(candidate)} ${exampleId}`;
        const count = readings.get(key) ?? 0;
        readings.set(key, count + 1);
        const sample = count * READINGS;
        const record = byId.get(exampleId)!;
        const rollout = rollOut(world, candidate, record, sample);
        meter.payRollout(candidate, record.question, rollout);
        durations.push(rolloutSeconds(candidate, exampleId, sample));
        return rollout;
      });
      clock.seconds += makespan(durations, WORKERS);
      return rollouts;
    },
    reflect(prompt) {
      const text = simulateReflection(world, prompt);
      meter.payReflection(prompt.length, text.length);
      clock.seconds += reflectionSeconds(`peer ${meter.reflections()}`, seed);
      return text;
    },
  };
}

/** When the last of these is done, each given to the worker that is free first. */
export function makespan(durations: readonly number[], workers: number): number {
  const freeAt = Array.from({ length: workers }, () => 0);
  for (const duration of durations) {
    const first = freeAt.indexOf(Math.min(...freeAt));
    freeAt[first] = (freeAt[first] as number) + duration;
  }
  return Math.max(...freeAt);
}
