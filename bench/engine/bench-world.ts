import { type Arm, armsOf, PEER_ARMS, REFERENCE } from "./arms";
import type { Measures } from "./measures";
import type { Peer } from "./peer/peer";
import { runPeer } from "./peer/run-peer";
import { regimeOf } from "./regimes";
import { type ArmSettings, runArm, type Split } from "./run-arm";
import { createWorld, type World } from "./world";

/** One world to be run by every arm. Plain data: it travels to a worker process. */
export interface WorldJob {
  regime: string;
  seed: number;
  budgets: readonly number[];
  /** Arms by id; null for all. */
  arms: readonly string[] | null;
  split: Split;
  hasLatency: boolean;
  /** The Python that has the published implementation; null leaves it out. */
  python: string | null;
}

/** What each arm did at each budget, by `keyOf`. */
export type WorldResult = Record<string, Measures>;

export function keyOf(armId: string, budget: number): string {
  return `${armId}@${budget}`;
}

/** Every arm on one world, paired by its seed; the published reference at twice the calls too. */
export async function benchWorld(job: WorldJob, peer: Peer | null): Promise<WorldResult> {
  const world = createWorld(regimeOf(job.regime), job.seed);
  const result: WorldResult = {};
  const run = async (arm: Arm, maxMetricCalls: number, caps: ArmSettings["caps"] = {}): Promise<Measures> => {
    const { seed, split, hasLatency } = job;
    const settings = { seed, split, hasLatency, maxMetricCalls, caps };
    const { measures } = await runArm(arm, world, settings);
    result[keyOf(arm.id, maxMetricCalls)] = measures;
    return measures;
  };
  for (const budget of new Set(job.budgets.flatMap((calls) => [calls, 2 * calls])))
    await run(REFERENCE, budget);
  for (const arm of armsFor(world, job.arms))
    for (const budget of job.budgets) {
      if (arm.id === REFERENCE.id) continue;
      const published = result[keyOf(REFERENCE.id, budget)] as Measures;
      await run(arm, budget, arm.cap === undefined ? {} : { [arm.cap]: published[arm.cap] });
    }
  if (peer !== null) Object.assign(result, await benchPeer(job, world, peer));
  return result;
}

async function benchPeer(job: WorldJob, world: World, peer: Peer): Promise<WorldResult> {
  const result: WorldResult = {};
  for (const { id, useMerge } of PEER_ARMS) {
    if (useMerge && world.regime.parts === 1) continue;
    for (const maxMetricCalls of job.budgets)
      result[keyOf(id, maxMetricCalls)] = await runPeer(peer, world, { ...job, maxMetricCalls }, useMerge);
  }
  return result;
}

function armsFor({ regime }: World, ids: readonly string[] | null): Arm[] {
  return armsOf(ids).filter(({ isFor }) => isFor === undefined || isFor(regime));
}
