import { expect, test } from "vitest";
import { createLedger } from "./budget";
import { type RungEnd, race } from "./race";
import { createRolloutDesk, type ScoredRollout } from "./rollout-desk";
import { createMember, withReadings } from "./state";
import { failed, fakeDeps, scored } from "./testing/fakes";

const order = Array.from({ length: 12 }, (_, index) => `r${index}`);

async function raceOf(
  scoreOf: (candidate: string, index: number) => number | null,
  { calls = 100, known = 8 } = {},
) {
  const deps = fakeDeps({
    evaluate: ({ candidate, exampleId }) => {
      const score = scoreOf(candidate.system!, order.indexOf(exampleId));
      return score === null ? failed() : scored(score);
    },
    reflect: () => ({ status: "failed", cause: "unused" }),
  });
  const desk = createRolloutDesk(deps.evaluator, 4, deps.signal, () => {});
  const ledger = createLedger(calls);
  const rungs: RungEnd[] = [];
  const readings = new Map(
    order.slice(0, known).map((id, index) => [id, scored(scoreOf("old", index) ?? 0) as ScoredRollout]),
  );
  const setup = {
    child: createMember("c1", { system: "new" }, ["c0"]),
    incumbent: withReadings(createMember("c0", { system: "old" }, []), readings),
    order,
    rungSize: 4,
    thresholds: { accept: 0.85, drop: 0.25 },
    noise: { variance: 0.06 },
  };
  const result = await race(setup, desk, ledger.grant(calls), (rung) => rungs.push(rung));
  return { result, rungs, requests: deps.requests };
}

test("RA3 a clear win ends after one rung, without a rollout of the incumbent", async () => {
  const { result, rungs, requests } = await raceOf((text) => (text === "new" ? 0.75 : 0.25));
  expect(result.verdict).toBe("accepted");
  expect(rungs).toEqual([
    { exampleIds: ["r0", "r1", "r2", "r3"], childMean: 0.75, incumbentMean: 0.25, outcome: "accepted" },
  ]);
  expect(requests.map(({ candidateId }) => candidateId)).toEqual(["c1", "c1", "c1", "c1"]);
});

test("RA3 a clear loss ends after one rung", async () => {
  const { result } = await raceOf((text) => (text === "new" ? 0 : 0.5));
  expect(result.verdict).toBe("lost-early");
});

test("RA3 a tie runs until the examples are used up and is no win", async () => {
  const { result, rungs } = await raceOf(() => 0.5);
  expect(rungs.map(({ outcome }) => outcome)).toEqual(["promising", "promising", "promising"]);
  expect(result.verdict).toBe("lost");
});

test("RA5 the incumbent is topped up where a pair needs it", async () => {
  const { requests, result } = await raceOf(() => 0.5, { known: 6 });
  const toppedUp = requests
    .filter(({ candidateId }) => candidateId === "c0")
    .map(({ exampleId }) => exampleId);
  expect(toppedUp).toEqual(["r6", "r7", "r8", "r9", "r10", "r11"]);
  expect(result.incumbent.readings.size).toBe(12);
});

test("RA3 when calls run out the last rung is cut, and the likelier side wins", async () => {
  const { result, requests } = await raceOf((text, index) => (text === "new" && index === 1 ? 0.75 : 0.5), {
    calls: 6,
  });
  expect(requests).toHaveLength(6);
  expect(result.verdict).toBe("accepted");
});

test("RO7 a child that cannot be scored fails the race", async () => {
  const { result } = await raceOf((text, index) => (text === "new" && index === 2 ? null : 0.5));
  expect(result).toMatchObject({ verdict: "failed", cause: "the judge could not be read" });
});
