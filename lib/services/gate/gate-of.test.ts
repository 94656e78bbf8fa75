import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type GateApproval, type GateEvidence, type GateFacts, gateOf } from "./gate-of";

const approval: GateApproval = {
  by: "Dr Meier",
  byId: "meier",
  at: 1,
  self: false,
  override: false,
  stillMayApprove: true,
};
const evidence: GateEvidence = {
  state: "done",
  verdict: "better",
  stale: null,
  openLosses: [],
  failingCritical: [],
};
const facts: GateFacts = {
  state: "open",
  targetAlias: "production",
  isInitial: false,
  isUnchanged: false,
  isExploratory: false,
  brokenChecks: [],
  hasSealedRecords: true,
  evidence,
  approvals: [approval],
  authorIds: ["jonas"],
  authorName: "Jonas",
  quorum: 1,
  isSelfApprovalOffered: false,
  isSelfApprovalOn: false,
  isOverridden: false,
  mayOverride: false,
  overridesUsed: 0,
};
const own: GateApproval = { ...approval, by: "Jonas", byId: "jonas", self: true };
const record = { recordId: "rec_1", question: "Goal-line personnel" };

const codes = (changes: Partial<GateFacts>): string[] =>
  gateOf({ ...facts, ...changes }).blockers.map(({ code }) => code);

describe("gateOf (architecture.md, Gate)", () => {
  it("is open when the evidence is better, nothing was lost and somebody else approved", () => {
    expect(gateOf(facts)).toMatchObject({
      open: true,
      blockers: [],
      targetAlias: "production",
      approvalsNeeded: 1,
    });
  });

  it.each<[string, Partial<GateFacts>, string[]]>([
    ["no evidence", { evidence: null }, ["evidence-missing"]],
    [
      "evidence under way",
      { evidence: { ...evidence, state: "running", verdict: null } },
      ["evidence-running"],
    ],
    [
      "a look without a result",
      { evidence: { ...evidence, state: "ended-without-result", verdict: null } },
      ["evidence-missing"],
    ],
    ["stale evidence", { evidence: { ...evidence, stale: "v15 is there now." } }, ["evidence-stale"]],
    ["not enough evidence", { evidence: { ...evidence, verdict: "not-enough" } }, ["not-better"]],
    ["worse", { evidence: { ...evidence, verdict: "worse" } }, ["not-better"]],
    ["an exploratory run", { isExploratory: true }, ["exploratory"]],
    ["a lost variable", { brokenChecks: ["Lost {{team}}."] }, ["check-failed"]],
    [
      "a confirmed loss without a reason",
      { evidence: { ...evidence, openLosses: [record] } },
      ["loss-not-accepted"],
    ],
    [
      "a record that must never fail",
      { evidence: { ...evidence, failingCritical: [{ ...record, liftable: false }] } },
      ["critical-failing"],
    ],
    ["nobody's approval", { approvals: [] }, ["approval-missing"]],
    ["the author's own approval in a team", { approvals: [own] }, ["approval-missing"]],
    [
      "an approval of somebody who may no more",
      { approvals: [{ ...approval, stillMayApprove: false }] },
      ["approval-missing"],
    ],
    ["one approval of two", { quorum: 2 }, ["approval-missing"]],
    ["the words that are there already", { isUnchanged: true }, ["unchanged"]],
    ["a declined review", { state: "declined" }, ["closed"]],
    ["no sealed records", { evidence: null, hasSealedRecords: false }, ["no-sealed-records"]],
  ])("%s closes it", (_name, changes, expected) => {
    expect(codes(changes)).toEqual(expected);
  });

  it("the first set of an empty alias needs no test, but it needs an approval", () => {
    expect(codes({ isInitial: true, evidence: null })).toEqual([]);
    expect(codes({ isInitial: true, evidence: null, approvals: [] })).toEqual(["approval-missing"]);
  });

  it("an override lifts what evidence lacks, and nothing else", () => {
    const isOverridden = true;
    expect(codes({ isOverridden, evidence: { ...evidence, verdict: "not-enough" } })).toEqual([]);
    expect(codes({ isOverridden, isExploratory: true })).toEqual([]);
    expect(codes({ isOverridden, evidence: null, hasSealedRecords: false })).toEqual([]);
    expect(codes({ isOverridden, evidence: null })).toEqual(["evidence-missing"]);
    expect(codes({ isOverridden, approvals: [] })).toEqual(["approval-missing"]);
  });

  it("a single member may approve their own work, and history will say so", () => {
    const alone = { isSelfApprovalOffered: true, isSelfApprovalOn: true, quorum: 2 };
    expect(codes({ ...alone, approvals: [] })).toEqual(["approval-missing"]);
    expect(gateOf({ ...facts, ...alone, approvals: [own] })).toMatchObject({
      open: true,
      approvalsNeeded: 1,
      approvals: [{ by: "Jonas", self: true }],
    });
  });

  it("says how it can be gone round", () => {
    expect(gateOf({ ...facts, overridesUsed: 1 }).waysRound).toBe(
      "override by an admin, used 1 time; self-approval is off",
    );
  });
});

const anyApproval = fc.record({
  by: fc.constant("x"),
  byId: fc.constantFrom("jonas", "meier", "jo"),
  at: fc.constant(1),
  self: fc.boolean(),
  override: fc.boolean(),
  stillMayApprove: fc.boolean(),
});
const anyRecord = fc.constant(record);
const anyEvidence = fc.record({
  state: fc.constantFrom("running" as const, "ended-without-result" as const, "done" as const),
  verdict: fc.constantFrom("better" as const, "not-enough" as const, "worse" as const, null),
  stale: fc.constantFrom(null, "old"),
  openLosses: fc.array(anyRecord, { maxLength: 2 }),
  failingCritical: fc.array(
    fc.record({ recordId: fc.constant("r"), question: fc.constant("q"), liftable: fc.boolean() }),
    { maxLength: 2 },
  ),
});
const anyFacts: fc.Arbitrary<GateFacts> = fc.record({
  state: fc.constantFrom("open" as const, "approved" as const, "promoted" as const, "declined" as const),
  targetAlias: fc.constantFrom("production", "sandbox"),
  isInitial: fc.boolean(),
  isUnchanged: fc.boolean(),
  isExploratory: fc.boolean(),
  brokenChecks: fc.array(fc.constant("Lost {{team}}."), { maxLength: 1 }),
  hasSealedRecords: fc.boolean(),
  evidence: fc.option(anyEvidence),
  approvals: fc.array(anyApproval, { maxLength: 3 }),
  authorIds: fc.constant(["jonas"]),
  authorName: fc.constant("Jonas"),
  quorum: fc.integer({ min: 1, max: 3 }),
  isSelfApprovalOffered: fc.boolean(),
  isSelfApprovalOn: fc.boolean(),
  isOverridden: fc.boolean(),
  mayOverride: fc.boolean(),
  overridesUsed: fc.nat(3),
});

describe("whatever the facts, an open gate means", () => {
  const holds = (property: (open: GateFacts) => boolean): void =>
    fc.assert(
      fc.property(anyFacts, (one) => !gateOf(one).open || property(one)),
      { numRuns: 5_000 },
    );

  it("enough approvals, none of them the author's own in a team", () =>
    holds(({ approvals, isSelfApprovalOffered, quorum }) => {
      const others = approvals.filter(
        ({ byId, self, stillMayApprove }) => stillMayApprove && byId !== "jonas" && !self,
      );
      return isSelfApprovalOffered
        ? approvals.some(({ stillMayApprove }) => stillMayApprove)
        : others.length >= quorum;
    }));

  it("every confirmed loss has a reason", () =>
    holds(({ isInitial, evidence: bought }) => isInitial || (bought?.openLosses ?? []).length === 0));

  it("no record that must never fail does", () =>
    holds(({ isInitial, evidence: bought }) => isInitial || (bought?.failingCritical ?? []).length === 0));

  it("fresh evidence that it is better, or an override", () =>
    holds(({ isInitial, isOverridden, evidence: bought, hasSealedRecords }) => {
      if (isInitial) return true;
      if (isOverridden)
        return bought === null ? !hasSealedRecords : bought.state === "done" && bought.stale === null;
      return bought?.state === "done" && bought.stale === null && bought.verdict === "better";
    }));

  it("an undecided review of words that are not there already", () =>
    holds(({ state, isUnchanged }) => (state === "open" || state === "approved") && !isUnchanged));
});
