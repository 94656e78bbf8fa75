import { describe, expect, it } from "vitest";
import type { ImportPreview } from "@/lib/contracts/record-imports";
import type { OptimizationRecord, RecordRevision } from "@/lib/contracts/records";
import { prepareChanges } from "./record-changes";
import { mergeDrafts, prepareConflict } from "./record-conflict";
import {
  emptyDraft,
  isSameContent,
  isWorthKeeping,
  moveItem,
  placeItem,
  readTag,
  toContent,
  toDraft,
} from "./record-draft";
import { isFiltered, readRecordFilters, recordIdIn, writeRecordFilters } from "./record-filters";
import { prepareHistory } from "./record-history";
import { prepareImportResult, prepareImportSentences } from "./record-import";
import { expectationLine, prepareRow } from "./record-row";

const record: OptimizationRecord = {
  id: "rec_1",
  projectId: "prj",
  set: "practice",
  critical: false,
  archived: false,
  tags: ["blitz"],
  inputs: {
    v: 1,
    messages: [
      { role: "user", content: "Who?" },
      { role: "assistant", content: "He." },
      { role: "user", content: " Why? " },
    ],
    fields: { week: "4", team: "Ravens" },
  },
  expectations: { v: 1, expected_response: "Names him.", facts: ["count"], mustNever: [] },
  revision: 1,
  source: "written",
  createdAt: 1,
  updatedAt: 1,
  updatedBy: "Ray",
};

describe("a draft", () => {
  it("is the record again when nothing was typed", () => {
    const { inputs, expectations, tags, critical } = record;
    expect(toContent(toDraft(record))).toEqual({ inputs, expectations, tags, critical });
  });

  it("leaves out empty lines, unnamed and empty fields and empty turns at the end", () => {
    const draft = toDraft(record, ["opponent"]);
    expect(draft.fields.map(({ name }) => name)).toEqual(["week", "team", "opponent"]);
    const typed = {
      ...draft,
      facts: [...draft.facts, { key: "x", text: "  " }],
      turns: [...draft.turns, { key: "t", role: "assistant" as const, text: "" }],
      fields: [...draft.fields, { key: "f", name: " ", text: "lost" }],
    };
    expect(isSameContent(draft, typed)).toBe(true);
  });

  it("is worth keeping when it holds words, not when it holds blanks or a tag", () => {
    expect(isWorthKeeping(emptyDraft())).toBe(false);
    expect(isWorthKeeping({ ...emptyDraft(), tags: ["x"] })).toBe(false);
    expect(isWorthKeeping({ ...emptyDraft(), expected: "x" })).toBe(true);
  });

  it("moves turns within the list and stays at its ends", () => {
    const { turns } = toDraft(record);
    expect(moveItem(turns, "turn-2", -1).map(({ key }) => key)).toEqual(["turn-0", "turn-2", "turn-1"]);
    expect(moveItem(turns, "turn-0", -1)).toBe(turns);
  });

  it("puts a turn that was dragged at its new place; at its own, or at none, nothing changes", () => {
    const { turns } = toDraft(record);
    expect(placeItem(turns, "turn-0", 2).map(({ key }) => key)).toEqual(["turn-1", "turn-2", "turn-0"]);
    expect(placeItem(turns, "turn-2", 0).map(({ key }) => key)).toEqual(["turn-2", "turn-0", "turn-1"]);
    expect([placeItem(turns, "turn-1", 1), placeItem(turns, "turn-1", 3), placeItem(turns, "no", 0)]).toEqual(
      [turns, turns, turns],
    );
  });

  it("takes a tag once, trimmed and short", () => {
    expect(readTag(" red zone ", ["blitz"])).toEqual({ tag: "red zone" });
    expect(
      [readTag("blitz", ["blitz"]), readTag(" ", []), readTag("x".repeat(61), [])].every(
        (read) => "problem" in read,
      ),
    ).toBe(true);
  });
});

describe("filters", () => {
  it("go into the address and come back; nonsense is left out", () => {
    const filters = {
      q: "3rd & short",
      tag: "red zone",
      set: "sealed",
      needsWork: true,
      archived: true,
      sort: "question",
    } as const;
    expect(readRecordFilters(Object.fromEntries(new URLSearchParams(writeRecordFilters(filters))))).toEqual(
      filters,
    );
    expect(readRecordFilters({ set: "secret", sort: "created", q: " ", needsWork: ["yes", "true"] })).toEqual(
      {},
    );
    expect(writeRecordFilters({})).toBe("");
    expect([isFiltered({ sort: "updated" }), isFiltered({ tag: "x" })]).toEqual([false, true]);
  });

  it("the address names the open record", () => {
    expect([
      recordIdIn("/p/prj_1/records"),
      recordIdIn("/p/prj_1/records/rec_1"),
      recordIdIn("/p/prj_1/records/new"),
    ]).toEqual([null, "rec_1", "new"]);
  });
});

describe("a row after a save", () => {
  it("says the last question and whether it needs work", () => {
    const row = prepareRow(record, { lastGrade: "4" });
    expect([row.question, row.needsWork, row.lastGrade, expectationLine(row)]).toEqual([
      "Why?",
      false,
      "4",
      "Names him.",
    ]);
    const bare = {
      ...record,
      expectations: { v: 1 as const, expected_response: " ", facts: [], mustNever: [] },
    };
    expect([prepareRow(bare, { lastGrade: null }).needsWork, expectationLine(bare)]).toEqual([true, ""]);
  });
});

describe("changes and conflicts", () => {
  const base = toDraft(record);
  const mine = { ...base, expected: "Names him, with counts.", tags: ["blitz", "mine"] };
  const theirs = { ...base, expected: "Names him first.", critical: true };

  it("differences are told part by part, word by word", () => {
    const [change] = prepareChanges(base, mine);
    expect(change?.name).toBe("A good answer…");
    const changed = change?.pieces.filter(({ kind }) => kind !== "same");
    expect(changed).toEqual([{ kind: "added", text: ", with counts" }]);
    expect(prepareChanges(base, base)).toEqual([]);
  });

  it("each part is proposed from who changed it, mine where both did", () => {
    expect(prepareConflict(base, mine, theirs)).toEqual([
      { part: "expected", changedBy: "both", proposed: "mine" },
      { part: "tags", changedBy: "mine", proposed: "mine" },
      { part: "critical", changedBy: "theirs", proposed: "theirs" },
    ]);
  });

  it("one record out of two, as it was chosen", () => {
    expect(mergeDrafts(mine, theirs, { expected: "theirs", tags: "mine", critical: "theirs" })).toMatchObject(
      { expected: "Names him first.", tags: ["blitz", "mine"], critical: true },
    );
  });
});

describe("history", () => {
  it("saves of one sitting are one entry, with the state before it", () => {
    const revision = (n: number, author: string, minute: number): RecordRevision => ({
      ...record,
      recordId: "rec_1",
      revision: n,
      author,
      createdAt: minute * 60_000,
    });
    const entries = prepareHistory([
      revision(5, "Jo", 61),
      revision(4, "Jo", 60),
      revision(3, "Ray", 59),
      revision(2, "Ray", 2),
      revision(1, "Ray", 1),
    ]);
    expect(
      entries.map(({ revision: { revision: n }, before, saves, isNow }) => [
        n,
        before?.revision ?? null,
        saves,
        isNow,
      ]),
    ).toEqual([
      [5, 3, 2, true],
      [3, 2, 1, false],
      [2, null, 2, false],
    ]);
  });
});

describe("imports in words", () => {
  const preview: ImportPreview = {
    importId: "imp",
    format: "jsonl",
    counts: { new: 2, changed: 1, duplicate: 0, invalid: 1 },
    columns: null,
    needsColumns: false,
    notices: 0,
    lines: [],
  };

  it("says what would happen, and what was done", () => {
    expect(prepareImportSentences(preview)).toEqual([
      "2 new records.",
      "1 record that is there gets what the file says; the old text stays in the history.",
      "1 line cannot be used; it is listed below with the reason.",
    ]);
    expect(prepareImportResult({ created: 2, updated: 0, skipped: 1, invalid: 0 })).toBe(
      "2 records written, 1 was here already.",
    );
    expect(prepareImportResult({ created: 0, updated: 0, skipped: 0, invalid: 0 })).toBe(
      "Nothing to import.",
    );
  });
});
