import "server-only";
import { ERASED_CAUSE } from "@/lib/contracts/erasure";
import type { RunEventBody } from "@/lib/contracts/run-events";
import type { GepaEvent } from "@/lib/gepa";
import { runTopic } from "@/lib/streaming/topics";
import { stableStringify } from "@/lib/util/hash";
import type { ServiceDeps } from "../service-deps";

/** A replay met another decision than the journal holds: the run must not go on as if nothing had happened. */
export class ReplayMismatch extends Error {
  constructor(readonly decision: number) {
    super(
      `The run cannot be resumed exactly: at decision ${decision} it would go another way than before. ` +
        "What it found is kept: take the best candidate, or start a new run from the same settings.",
    );
  }
}

/** The run cannot be replayed because what it learned from was erased. */
export class TextErased extends ReplayMismatch {
  constructor(decision: number) {
    super(decision);
    this.message = `${ERASED_CAUSE} What it found is kept: take the best candidate, or start a new run, which uses the records that are left.`;
  }
}

export interface RunJournal {
  /** Stores and publishes an engine event, unless the journal has it already (a replay). */
  record(event: GepaEvent): void;
  /** Stores and publishes an event of the host. */
  note(body: RunEventBody): void;
  /** Stores and publishes an end that the engine did not decide: of a run that cannot be replayed. */
  end(body: Omit<Extract<RunEventBody, { type: "run-ended" }>, "decision">): void;
  /** Number of the last decision met, replayed ones too. */
  decision(): number;
  /** Number of the last decision that was stored before this start. */
  lastStored: number;
  isReplaying(): boolean;
}

const TICKS: ReadonlySet<string> = new Set([
  "rollout-finished",
  "budget-updated",
  "reflection-started",
  "money-updated",
  "forecast-updated",
  "luck-updated",
]);

/**
 * The run's journal. Decisions that are stored are compared with what the replay decides, and not stored again;
 * telemetry is skipped until the replay has caught up. Throws `ReplayMismatch`.
 */
export function createRunJournal(
  { repos, bus, now }: Pick<ServiceDeps, "repos" | "bus" | "now">,
  runId: string,
): RunJournal {
  const stored = new Map(
    repos.runEvents.listDecisions(runId).map(({ body }) => ["decision" in body ? body.decision : 0, body]),
  );
  const lastStored = repos.runEvents.lastDecision(runId);
  const landed = landedAfter(repos, runId, lastStored);
  let decision = 0;

  const append = (body: RunEventBody, number: number | null): void => {
    const item = repos.runEvents.append(runId, now(), body, number);
    bus.publish(runTopic(runId), { seq: item.seq, isUrgent: !TICKS.has(body.type), item });
  };

  return {
    record: (event) => {
      const body = event as RunEventBody;
      if (!("decision" in event)) {
        const isKnown =
          event.type === "rollout-finished" &&
          landed.has(`${event.candidateId}:${event.exampleId}:${event.sample}`);
        if (decision >= lastStored && !isKnown) append(body, null);
        return;
      }
      decision = event.decision;
      const known = stored.get(event.decision);
      if (!known) return append(body, event.decision);
      if (fingerprint(known) !== fingerprint(body)) throw new ReplayMismatch(event.decision);
    },
    note: (body) => append(body, null),
    end: (body) => append({ ...body, decision: lastStored + 1 }, lastStored + 1),
    lastStored,
    decision: () => decision,
    isReplaying: () => decision < lastStored,
  };
}

/** JSON as it is stored: what is undefined is left out. */
function fingerprint(body: RunEventBody): string {
  return stableStringify(JSON.parse(JSON.stringify(body)));
}

/** Rollouts that were told after the last stored decision: their replay is no news. */
function landedAfter(repos: ServiceDeps["repos"], runId: string, lastDecision: number): Set<string> {
  const landed = new Set<string>();
  let decision = 0;
  for (const { body } of repos.runEvents.listAfter(runId, 0, Number.MAX_SAFE_INTEGER)) {
    if ("decision" in body) decision = body.decision;
    else if (body.type === "rollout-finished" && decision >= lastDecision) {
      landed.add(`${body.candidateId}:${body.exampleId}:${body.sample}`);
    }
  }
  return landed;
}
