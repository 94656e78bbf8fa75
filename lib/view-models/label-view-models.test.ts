import { describe, expect, it } from "vitest";
import type { GradeChoice, LabelItem } from "@/lib/contracts/labels";
import { EMPTY_DRAFT, gradeForKey, hasChip, moveGrade, problemOf, toggleChip } from "./label-form";
import { beginSession, type LabelSession, labelSessionReducer, placeOf } from "./label-session";
import { differSentence, endTitle, paceOf, progressWords } from "./label-words";

const choice = (text: string, value: GradeChoice["value"], needsReason = false): GradeChoice => ({
  text,
  value,
  meaning: "",
  needsReason,
});
const oneToFive = [1, 2, 3, 4, 5].map((value) => choice(String(value), value, value === 1));
const item = (itemId: string): LabelItem => ({
  itemId,
  queueId: "que_1",
  traceId: `trc_${itemId}`,
  recordId: "rec_1",
  position: 1,
  total: 3,
  provenance: "Written by Jo · an example",
  messages: [{ role: "user", content: "?" }],
  fields: {},
  answer: "!",
  steps: [],
  expectations: { expected_response: "", facts: [], mustNever: [] },
  mine: null,
});

describe("the label form", () => {
  it("asks for a grade, and for a reason with the lowest grade or a flag only (ux.md, rule 12)", () => {
    expect(problemOf(EMPTY_DRAFT, oneToFive)).toBe("grade");
    expect(problemOf({ ...EMPTY_DRAFT, grade: 0 }, oneToFive)).toBe("reason");
    expect(problemOf({ ...EMPTY_DRAFT, grade: 0, reason: " x " }, oneToFive)).toBeNull();
    expect(problemOf({ ...EMPTY_DRAFT, grade: 1 }, oneToFive)).toBeNull();
    expect(problemOf({ ...EMPTY_DRAFT, grade: 4, flagged: true }, oneToFive)).toBe("reason");
  });

  it.each([
    ["4", oneToFive, 3],
    ["6", oneToFive, null],
    ["0", [choice("0", 0), choice("1", 1)], 0],
    ["2", [choice("fail", false), choice("pass", true)], 1],
    ["3", [choice("fail", false), choice("pass", true)], null],
  ])("key %s chooses the grade of that name or place", (key, grades, expected) => {
    expect(gradeForKey(key, grades)).toBe(expected);
  });

  it("arrows move one grade and stop at the ends", () => {
    expect([moveGrade(null, 1, 5), moveGrade(null, -1, 5), moveGrade(4, 1, 5), moveGrade(2, -1, 5)]).toEqual([
      0, 4, 4, 1,
    ]);
  });

  it("chips and typed words live in one text", () => {
    const both = toggleChip("names no player", "Too long");
    expect(both).toBe("names no player; Too long");
    expect(hasChip(both, "too long")).toBe(true);
    expect(toggleChip(both, "too long")).toBe("names no player");
    expect(hasChip("much too long", "too long")).toBe(false);
  });
});

describe("a session of labelling", () => {
  const play = (
    events: Parameters<typeof labelSessionReducer>[1][],
    from: LabelSession = beginSession(item("a"), { doneByMe: 3, leftForMe: 9 }),
  ) => events.reduce(labelSessionReducer, from);
  const saved = (id: string) =>
    ({
      type: "saved",
      saved: { item: item(id), draft: { ...EMPTY_DRAFT, grade: 2 }, key: `k-${id}` },
    }) as const;

  it("shows the next item that is in hand at once, and waits when there is none", () => {
    const one = play([{ type: "fetched", item: item("b") }, saved("a")]);
    expect(one.current?.itemId).toBe("b");
    expect(placeOf(one)).toEqual({ position: 5, total: 12 });
    expect(play([saved("b")], one).current).toBeNull();
  });

  it("takes no item twice", () => {
    const events = [
      { type: "fetched", item: item("b") } as const,
      { type: "fetched", item: item("b") } as const,
    ];
    expect(play(events).upcoming).toHaveLength(1);
  });

  it("undo brings the item back, before the one that was in front", () => {
    const back = play([{ type: "fetched", item: item("b") }, saved("a"), { type: "undone", key: "k-a" }]);
    expect([back.current?.itemId, ...back.upcoming.map(({ itemId }) => itemId)]).toEqual(["a", "b"]);
    expect(placeOf(back)).toEqual({ position: 4, total: 12 });
  });

  it("what is put off comes again; what cannot be judged counts no more", () => {
    const dry = play([{ type: "fetched", item: null }]);
    expect(play([{ type: "put-off" }, { type: "more-to-come" }], dry)).toMatchObject({
      current: null,
      isDry: false,
    });
    expect(play([{ type: "not-judged" }], dry)).toMatchObject({ current: null, isDry: true, total: 11 });
  });

  it("counts what is really left when colleagues took the rest", () => {
    expect(placeOf(play([{ type: "fetched", item: null }]))).toEqual({ position: 4, total: 4 });
  });
});

describe("words (ux.md, moments 4 and 5)", () => {
  it("says where one is and for how long", () => {
    expect(progressWords({ position: 4, total: 12 }, 40_000)).toBe("4 of 12 · about 6 min");
    expect(paceOf([10_000, 20_000])).toBe(30_000);
    expect(paceOf([10_000, 20_000, 3_600_000])).toBe(20_000);
  });

  it("ends in the words of the page", () => {
    expect(endTitle({ labelled: 12, minutes: 9 })).toBe("That was the last one: 12 answers, 9 minutes.");
    expect(endTitle({ labelled: 1, minutes: 0 })).toBe("That was the last one: 1 answer.");
    expect(differSentence(3)).toBe("You and the judge differ on 3. Two minutes on those teach it most.");
    expect(differSentence(1)).toBe("You and the judge differ on 1. A minute on that one teaches it most.");
  });
});
