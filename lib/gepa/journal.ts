import type { DecisionEvent, GepaEvent, TelemetryEvent } from "./events";

type WithoutNumber<Event> = Event extends unknown ? Omit<Event, "decision"> : never;

/** A decision before it has its number. */
export type DecisionBody = WithoutNumber<DecisionEvent>;

/** Numbers decisions from 1 in order of emission (SPEC EV1); telemetry passes through. */
export interface Journal {
  decide(body: DecisionBody): void;
  note(event: TelemetryEvent): void;
  /** Number of the last decision. */
  last(): number;
}

export function createJournal(emit: (event: GepaEvent) => void): Journal {
  let decision = 0;
  return {
    decide(body) {
      decision += 1;
      emit({ decision, ...body } as DecisionEvent);
    },
    note: emit,
    last: () => decision,
  };
}
