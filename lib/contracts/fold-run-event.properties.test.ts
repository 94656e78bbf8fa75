import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emptyRunView, foldRunEvent, foldRunEvents } from "./fold-run-event";
import { runEventBodySchema } from "./run-events";
import { type RunView, runViewSchema } from "./runs";
import { arbitraries, bodies } from "./testing/run-event-arbitraries";
import { eventsOf, RUN, started } from "./testing/run-events";

describe("foldRunEvents, of any events", () => {
  it("the generators make every event as the schema has it", () => {
    for (const arbitrary of Object.values(arbitraries)) {
      for (const body of fc.sample(arbitrary, { numRuns: 5, seed: 7 }))
        expect(runEventBodySchema.safeParse(body).success, JSON.stringify(body)).toBe(true);
    }
  });

  it("fold(events) = snapshot, however they are cut, repeated or sent as JSON", () => {
    fc.assert(
      fc.property(bodies, fc.array(fc.nat(6), { minLength: 1, maxLength: 20 }), (list, cuts) => {
        const events = eventsOf(list);
        const whole = foldRunEvents(emptyRunView(RUN, 75), events);
        let view = frozen(emptyRunView(RUN, 75));
        let at = 0;
        for (let index = 0; at < events.length; index++) {
          const size = (cuts[index % cuts.length] as number) + 1;
          // each batch begins with events that are known already
          const batch = events.slice(Math.max(0, at - 2), at + size);
          view = frozen(JSON.parse(JSON.stringify(foldRunEvents(view, batch))) as RunView);
          at += size;
        }
        expect(view).toEqual(whole);
        expect(runViewSchema.parse(whole)).toEqual(whole);
        expect(whole.lastSeq).toBe(events.length);
      }),
      { numRuns: 150 },
    );
  });

  it("used answers never fall, and every row's mean is that of its scores on the valset", () => {
    fc.assert(
      fc.property(bodies, (list) => {
        let used = 0;
        let view = emptyRunView(RUN, 75);
        for (const event of eventsOf([started, ...list])) {
          view = foldRunEvent(view, event);
          expect(view.metricCalls).toBeGreaterThanOrEqual(used);
          used = view.metricCalls;
        }
        const nulls = Object.values(view.scores)
          .flatMap((row) => Object.values(row))
          .filter((cell) => cell === null);
        expect(view.failedRollouts).toBe(nulls.length);
        for (const row of view.candidates) {
          expect(row.meanScore === null).toBe(row.scoredOn === 0);
          expect(row.scoredOn).toBe(
            view.valset.filter((example) => typeof view.scores[row.candidateId]?.[example] === "number")
              .length,
          );
        }
      }),
      { numRuns: 100 },
    );
  });
});

function frozen<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) frozen(member);
  }
  return value;
}
