import type { RunEvent, RunEventBody } from "../run-events";

export const RUN = "run_1";

/** The bodies as a journal has them, numbered from 1. */
export function eventsOf(bodies: readonly RunEventBody[]): RunEvent[] {
  return bodies.map((body, index) => ({ v: 1, runId: RUN, seq: index + 1, at: 1_000 + index, body }));
}

/** A search over four practice records, three of them to choose by. */
export const started: RunEventBody = {
  type: "run-started",
  decision: 1,
  strategy: "frugal",
  seedCandidateId: "c0",
  components: ["system"],
  trainset: ["a", "b", "c", "d"],
  valset: ["a", "b", "c"],
  maxMetricCalls: 75,
  lanes: 1,
  seed: 1,
};
