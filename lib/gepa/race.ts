import { mean } from "@/lib/util/math";
import type { Wallet } from "./budget";
import type { DecisionBody } from "./journal";
import { type NoiseModel, type PairedPosterior, pairedDifferences, pairedPosterior } from "./posterior";
import { type Job, type RolloutDesk, runJobs } from "./rollout-desk";
import { knownScores, sharedIds } from "./scores";
import { type Member, withReadings } from "./state";
import type { ExampleId } from "./types";

/** When a race ends, by the probability that the child is better. */
export interface RaceThresholds {
  accept: number;
  drop: number;
}

export interface RaceSetup {
  child: Member;
  incumbent: Member;
  /** Ids in the order in which they are raced. */
  order: readonly ExampleId[];
  rungSize: number;
  thresholds: RaceThresholds;
  noise: NoiseModel;
}

export type RungEnd = Pick<
  Extract<DecisionBody, { type: "rung-finished" }>,
  "exampleIds" | "childMean" | "incumbentMean" | "outcome"
>;

export interface RaceResult {
  child: Member;
  incumbent: Member;
  /** `failed`: the child could not be scored on some id. */
  verdict: "accepted" | "lost" | "lost-early" | "failed";
  cause: string | null;
  outcomes: readonly boolean[];
}

/**
 * A paired race against the incumbent (SPEC RA2 to RA5): whole rungs in a fixed order, ended as soon as the posterior is
 * clear, or by what is more likely when ids or calls run out. The incumbent is topped up where a pair needs it.
 */
export async function race(
  setup: RaceSetup,
  desk: RolloutDesk,
  wallet: Wallet,
  onRung: (rung: RungEnd) => void,
): Promise<RaceResult> {
  let { child, incumbent } = setup;
  const outcomes: boolean[] = [];
  for (let rung = 1; ; rung++) {
    const ids = nextRung(setup, child, incumbent, wallet.left());
    if (ids.length === 0) return atEnd({ child, incumbent, outcomes }, setup);
    const jobs = jobsOf(ids, child, incumbent);
    const batch = await runJobs(desk, wallet, jobs, "rung");
    outcomes.push(...batch.outcomes);
    const [own, others] = [batch.of(child), batch.of(incumbent)];
    child = withReadings(child, own.scored, own.failed.keys());
    incumbent = withReadings(incumbent, others.scored, others.failed.keys());
    const cause = [...own.failed.values()][0];
    if (cause !== undefined) return { child, incumbent, verdict: "failed", cause, outcomes };
    const means = sharedMeans(child, incumbent, setup.order);
    if (means === null) continue;
    const outcome = judgeRung(child, incumbent, setup, rung);
    onRung({ exampleIds: ids, ...means, outcome });
    if (outcome === "promising") continue;
    return {
      child,
      incumbent,
      verdict: outcome === "accepted" ? "accepted" : "lost-early",
      cause: null,
      outcomes,
    };
  }
}

/** Means over the ids that both have; null when there is none. */
export function sharedMeans(
  child: Member,
  incumbent: Member,
  order: readonly ExampleId[],
): { childMean: number; incumbentMean: number } | null {
  const ids = sharedIds(child, incumbent, order);
  if (ids.length === 0) return null;
  return { childMean: mean(knownScores(child, ids)), incumbentMean: mean(knownScores(incumbent, ids)) };
}

/** The next rung, cut to what the calls left can pay for. */
function nextRung(
  { order, rungSize }: RaceSetup,
  child: Member,
  incumbent: Member,
  calls: number,
): ExampleId[] {
  const open = order.filter((id) => !child.readings.has(id) && !incumbent.failed.has(id)).slice(0, rungSize);
  const isAffordable = (_: ExampleId, index: number): boolean =>
    jobsOf(open.slice(0, index + 1), child, incumbent).length <= calls;
  return open.filter(isAffordable);
}

function jobsOf(ids: readonly ExampleId[], child: Member, incumbent: Member): Job[] {
  const missing = ids.filter((id) => !incumbent.readings.has(id));
  return [
    ...ids.map((exampleId) => ({ runnable: child, exampleId })),
    ...missing.map((exampleId) => ({ runnable: incumbent, exampleId })),
  ];
}

/** A race that stays open costs more with every rung, so the bar for going on rises a little each time. */
const DROP_RISE_PER_RUNG = 0.02;

function judgeRung(child: Member, incumbent: Member, setup: RaceSetup, rung: number): RungEnd["outcome"] {
  const { probability } = posteriorOf(child, incumbent, setup);
  if (probability >= setup.thresholds.accept) return "accepted";
  const drop = Math.min(0.5, setup.thresholds.drop + DROP_RISE_PER_RUNG * (rung - 1));
  return probability <= drop ? "losing" : "promising";
}

function posteriorOf(child: Member, incumbent: Member, setup: RaceSetup): PairedPosterior {
  return pairedPosterior(pairedDifferences(child, incumbent), setup.noise);
}

function atEnd(state: Pick<RaceResult, "child" | "incumbent" | "outcomes">, setup: RaceSetup): RaceResult {
  const hasPairs = pairedDifferences(state.child, state.incumbent).length > 0;
  const isBetter = hasPairs && posteriorOf(state.child, state.incumbent, setup).mean > 0;
  return { ...state, verdict: isBetter ? "accepted" : "lost", cause: null };
}
