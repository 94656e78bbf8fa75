import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RecordSet } from "@/lib/contracts/word-lists";
import { createRng } from "@/lib/util/rng";
import { type PlannedRecord, planSets, sealedTarget } from "./plan-sets";

const WORDS = "apple river stone cloud engine violin harbour pepper magnet orchid tunnel saddle".split(" ");

function question(seed: number): string {
  const rng = createRng(seed);
  return Array.from({ length: 9 }, () => `${rng.pick(WORDS)}${rng.int(900)}`).join(" ");
}

function record(index: number, changes: Partial<PlannedRecord> = {}): PlannedRecord {
  return {
    id: `rec_${String(index).padStart(4, "0")}`,
    set: "unassigned",
    critical: false,
    tags: [],
    source: "written",
    hasAnswers: false,
    inputs: { v: 1, messages: [{ role: "user", content: question(index) }], fields: {} },
    ...changes,
  };
}

const many = (
  count: number,
  changes: (index: number) => Partial<PlannedRecord> = () => ({}),
): PlannedRecord[] => Array.from({ length: count }, (_, index) => record(index, changes(index)));

const sealedOf = (plan: ReturnType<typeof planSets>) =>
  plan.filter(({ set }) => set === "sealed").map(({ recordId }) => recordId);

describe("how many are sealed", () => {
  it.each([
    [1, 0],
    [4, 2],
    [8, 4],
    [10, 5],
    [15, 5],
    [20, 6],
    [60, 18],
    [600, 180],
    [1000, 200],
  ])(
    "of %i usable records %i: three in ten, at least 5, at most 200, never more than half",
    (usable, sealed) => {
      expect(sealedTarget(usable)).toBe(sealed);
      expect(sealedOf(planSets("prj", many(usable)))).toHaveLength(sealed);
    },
  );

  it("every record gets a set, the same on every machine and whatever the ids", () => {
    const records = many(60);
    const plan = planSets("prj", records);
    expect(plan).toHaveLength(60);
    expect(
      planSets("prj", [...records].reverse()).sort((a, b) => (a.recordId < b.recordId ? -1 : 1)),
    ).toEqual(plan.sort((a, b) => (a.recordId < b.recordId ? -1 : 1)));
    const renamed = records.map((one, index) => ({ ...one, id: `other_${String(index).padStart(4, "0")}` }));
    expect(
      sealedOf(planSets("prj", renamed))
        .map((id) => id.slice(-4))
        .sort(),
    ).toEqual(
      sealedOf(plan)
        .map((id) => id.slice(-4))
        .sort(),
    );
    expect(sealedOf(planSets("another", records)).sort()).not.toEqual(sealedOf(plan).sort());
  });

  it("is drawn over the tags", () => {
    const records = many(60, (index) => ({
      tags: [index < 30 ? "red zone" : index < 50 ? "blitz" : "kicking"],
    }));
    const sealed = new Set(sealedOf(planSets("prj", records)));
    const count = (tag: string) =>
      records.filter((one) => one.tags.includes(tag) && sealed.has(one.id)).length;
    expect([count("red zone"), count("blitz"), count("kicking")]).toEqual([9, 6, 3]);
  });
});

describe("who is sealed", () => {
  it("near-duplicates stay on one side", () => {
    const twins = (index: number): Partial<PlannedRecord> => ({
      inputs: {
        v: 1,
        messages: [
          {
            role: "user",
            content: `${question(Math.floor(index / 2))}${index % 2 === 0 ? "?" : " please?"}`,
          },
        ],
        fields: {},
      },
    });
    const records = many(40, twins);
    const setOf = new Map(planSets("prj", records).map(({ recordId, set }) => [recordId, set]));
    for (let index = 0; index < 40; index += 2) {
      expect(setOf.get(records[index]!.id)).toBe(setOf.get(records[index + 1]!.id));
    }
    expect([...setOf.values()].filter((set) => set === "sealed")).toHaveLength(12);
  });

  it("records with answers, records that must never fail and their near-duplicates become practice", () => {
    const records = many(20, (index) => ({ hasAnswers: index < 5, critical: index === 5 }));
    records[6] = record(6, {
      inputs: { v: 1, messages: [{ role: "user", content: `${question(0)}!` }], fields: {} },
    });
    const sealed = new Set(sealedOf(planSets("prj", records)));
    expect(records.slice(0, 7).some((one) => sealed.has(one.id))).toBe(false);
    expect(sealed.size).toBe(6);
  });

  it("new records are sealed first when the share is short, those from production before others", () => {
    const old = many(20, () => ({ set: "practice" as const }));
    const fresh = Array.from({ length: 10 }, (_, index) =>
      record(100 + index, { source: index < 4 ? "api" : "written" }),
    );
    const plan = planSets("prj", [...old, ...fresh]);
    expect(plan).toHaveLength(10);
    const sealed = sealedOf(plan);
    expect(sealed).toHaveLength(9);
    expect(sealed).toEqual(expect.arrayContaining(fresh.slice(0, 4).map(({ id }) => id)));
  });

  it("a near-duplicate of a sealed record is sealed too, and waits when there is no room: practice would give it away", () => {
    const twinOf = (index: number, id: number) =>
      record(id, {
        inputs: { v: 1, messages: [{ role: "user", content: `${question(index)}?` }], fields: {} },
      });
    const short = [...many(20, (index) => ({ set: index < 3 ? "sealed" : "practice" })), twinOf(0, 500)];
    expect(planSets("prj", short)).toEqual([{ recordId: "rec_0500", set: "sealed" }]);
    const full = [...many(20, (index) => ({ set: index < 10 ? "sealed" : "practice" })), twinOf(0, 500)];
    expect(planSets("prj", full)).toEqual([]);
  });
});

describe("whatever the records are", () => {
  const planned = fc.record({
    twin: fc.nat(12),
    set: fc.constantFrom<RecordSet>("unassigned", "unassigned", "practice", "sealed"),
    critical: fc.boolean(),
    hasAnswers: fc.boolean(),
    tags: fc.subarray(["a", "b", "c"]),
  });

  it("a set that was given is never touched, and never more than half are sealed by a plan", () => {
    fc.assert(
      fc.property(fc.array(planned, { maxLength: 40 }), (list) => {
        const records = list.map(({ twin, ...rest }, index) =>
          record(index, {
            ...rest,
            inputs: { v: 1, messages: [{ role: "user", content: question(twin) }], fields: {} },
          }),
        );
        const plan = planSets("prj", records);
        const byId = new Map(records.map((one) => [one.id, one]));
        for (const { recordId } of plan) expect(byId.get(recordId)?.set).toBe("unassigned");
        const before = records.filter((one) => one.set === "sealed").length;
        const after = before + sealedOf(plan).length;
        expect(after).toBeLessThanOrEqual(Math.max(before, sealedTarget(records.length)));
        for (const id of sealedOf(plan)) expect(byId.get(id)?.hasAnswers).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});
