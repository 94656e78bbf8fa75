import { expect, test } from "vitest";
import { createMember, initialState } from "./state";
import { applyInput } from "./steering";

const seed = initialState({ system: "s" });
const state = {
  ...seed,
  members: [
    ...seed.members,
    createMember("c1", { system: "t" }, ["c0"], { isAccepted: true }),
    createMember("c2", { system: "u" }, ["c0"]),
  ],
};

test("CO2 hints come and go", () => {
  const hinted = applyInput(applyInput(state, { kind: "hint", text: "warmer" }), {
    kind: "hint",
    text: "warmer",
  });
  expect(hinted.steering.hints).toEqual(["warmer"]);
  expect(applyInput(hinted, { kind: "withdraw-hint", text: "warmer" }).steering.hints).toEqual([]);
});

test("CO2 the first stop counts", () => {
  const stopped = applyInput(applyInput(state, { kind: "stop", reason: "money" }), {
    kind: "stop",
    reason: "user",
  });
  expect(stopped.stop?.reason).toBe("money");
});

test("CO2 excluding frees a pin; the seed and unknown candidates stay", () => {
  const pinned = applyInput(state, { kind: "pin-parent", candidateId: "c1" });
  expect(pinned.steering.pinned).toBe("c1");
  expect(applyInput(pinned, { kind: "exclude-candidate", candidateId: "c1" }).steering).toMatchObject({
    pinned: null,
    excluded: new Set(["c1"]),
  });
  expect(applyInput(state, { kind: "exclude-candidate", candidateId: "c0" })).toBe(state);
  expect(applyInput(state, { kind: "exclude-candidate", candidateId: "c7" })).toBe(state);
  expect(applyInput(state, { kind: "pin-parent", candidateId: "c2" })).toBe(state); // was rejected
  expect(applyInput(pinned, { kind: "pin-parent", candidateId: null }).steering.pinned).toBeNull();
});
