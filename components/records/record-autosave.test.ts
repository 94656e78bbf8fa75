import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { OptimizationRecord, SavedRecord } from "@/lib/contracts/records";
import { emptyDraft, type RecordContent, type RecordDraft, toDraft } from "@/lib/view-models/record-draft";
import { type AutosavePorts, type KeptDraft, RecordAutosave, type SaveFailure } from "./record-autosave";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const stored = (changes: Partial<OptimizationRecord> = {}): OptimizationRecord => ({
  id: "rec_1",
  projectId: "prj",
  set: "unassigned",
  critical: false,
  archived: false,
  tags: [],
  inputs: { v: 1, messages: [{ role: "user", content: "Who?" }], fields: {} },
  expectations: { v: 1, expected_response: "Names him.", facts: [], mustNever: [] },
  revision: 3,
  source: "written",
  createdAt: 1,
  updatedAt: 1,
  updatedBy: "Ray",
  ...changes,
});

class Later extends Error {}

/** A server with one record, and what the tab keeps. */
function setup(record: OptimizationRecord | null) {
  let current = record;
  let failing: SaveFailure | null = null;
  const kept = new Map<string, KeptDraft>();
  const calls: string[] = [];
  const write = (content: RecordContent, revision: number): SavedRecord => {
    if (failing) throw new Later();
    if (current && current.revision !== revision) throw new Error("conflict");
    current = { ...(current ?? stored()), ...content, revision: revision + 1 };
    return { ...current, hints: [] };
  };
  const ports: AutosavePorts = {
    create: async (content) => {
      calls.push("create");
      return write(content, 0);
    },
    save: async (_id, content, revision) => {
      calls.push(`save ${revision}`);
      return write(content, revision);
    },
    failureOf: (error) =>
      error instanceof Later && failing
        ? failing
        : { kind: "conflict", theirs: current as OptimizationRecord },
    keep: (id, draft) => void (draft ? kept.set(id ?? "new", draft) : kept.delete(id ?? "new")),
    onCreated: vi.fn(),
    onSaved: vi.fn(),
    after: (delayMs, task) => {
      const timer = setTimeout(task, delayMs);
      return () => clearTimeout(timer);
    },
    now: () => Date.now(),
  };
  const base = record ? toDraft(record) : emptyDraft();
  const autosave = new RecordAutosave({ record, draft: base, base }, ports);
  return {
    autosave,
    ports,
    calls,
    kept,
    server: () => current as OptimizationRecord,
    someoneElse: (changes: Partial<OptimizationRecord>) => {
      current = {
        ...(current as OptimizationRecord),
        ...changes,
        revision: (current?.revision ?? 0) + 1,
        updatedBy: "Jo",
      };
    },
    fail: (failure: SaveFailure | null) => {
      failing = failure;
    },
    type: (expected: string, step = "expected") =>
      autosave.change(step, (draft: RecordDraft) => ({ ...draft, expected })),
    kind: () => autosave.read().save.kind,
  };
}

const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe("saving while one types", () => {
  it("saves once after a pause, onto the revision it has, and says so", async () => {
    const { type, calls, kind, server, kept } = setup(stored());
    type("a");
    await wait(500);
    type("ab");
    expect([kind(), calls.length, kept.has("rec_1")]).toEqual(["waiting", 0, true]);
    await wait(1_000);
    expect([kind(), calls, server().expectations.expected_response, kept.size]).toEqual([
      "saved",
      ["save 3"],
      "ab",
      0,
    ]);
    await wait(60_000);
    expect(calls).toHaveLength(1);
  });

  it("what is typed during a save is saved next, onto the new revision", async () => {
    const { type, calls, server, autosave } = setup(stored());
    type("a");
    const saving = autosave.saveNow();
    type("ab");
    await saving;
    await wait(2_000);
    expect([calls, server().expectations.expected_response]).toEqual([["save 3", "save 4"], "ab"]);
  });

  it("nothing to save is not saved: typed and taken back", async () => {
    const { type, calls, kind } = setup(stored());
    type("a");
    type("Names him.");
    await wait(5_000);
    expect([calls, kind()]).toEqual([[], "clean"]);
  });

  it("a new record is made with the first real words, once", async () => {
    const { autosave, type, calls, ports, kept } = setup(null);
    autosave.change("turns", (draft) => ({ ...draft, turns: [{ key: "turn-0", role: "user", text: "  " }] }));
    await wait(5_000);
    expect(calls).toEqual([]);
    type("Names him.");
    expect(kept.has("new")).toBe(true);
    await wait(1_000);
    type("Names him, with counts.");
    await wait(1_000);
    expect([calls, kept.size]).toEqual([["create", "save 1"], 0]);
    expect(ports.onCreated).toHaveBeenCalledTimes(1);
  });
});

describe("when it cannot be saved", () => {
  it("it is kept in the tab and tried again by itself", async () => {
    const { type, fail, kind, kept, calls, server } = setup(stored());
    fail({ kind: "later", detail: "no connection" });
    type("a");
    await wait(1_000);
    expect([kind(), kept.get("rec_1")?.draft.expected]).toEqual(["kept", "a"]);
    fail(null);
    await wait(3_000);
    expect([kind(), calls.length, server().expectations.expected_response, kept.size]).toEqual([
      "saved",
      2,
      "a",
      0,
    ]);
  });

  it("what the server refuses is not tried again until it is changed", async () => {
    const { type, fail, kind, calls } = setup(stored());
    fail({ kind: "never", detail: "personal data" });
    type("a");
    await wait(120_000);
    expect([kind(), calls.length]).toEqual(["refused", 1]);
    fail(null);
    type("b");
    await wait(1_000);
    expect(kind()).toBe("saved");
  });

  it("words that were kept are taken up again, against a newer state as a conflict", async () => {
    const draft = { ...toDraft(stored()), expected: "kept words" };
    const same = setup(stored());
    same.autosave.restore({ revision: 3, base: toDraft(stored()), draft });
    await wait(1_000);
    expect(same.server().expectations.expected_response).toBe("kept words");
    const newer = stored({
      revision: 4,
      expectations: { v: 1, expected_response: "Jo's", facts: [], mustNever: [] },
    });
    const other = setup(newer);
    other.autosave.restore({ revision: 3, base: toDraft(stored()), draft });
    await wait(5_000);
    expect([other.kind(), other.calls, other.kept.get("rec_1")?.draft.expected]).toEqual([
      "conflict",
      [],
      "kept words",
    ]);
  });
});

describe("when somebody else was faster", () => {
  it("nothing is written over; keeping mine saves onto theirs; undo is possible", async () => {
    const { autosave, type, someoneElse, server, kind, calls } = setup(stored());
    someoneElse({ tags: ["jo"] });
    type("mine");
    await wait(1_000);
    expect([kind(), server().expectations.expected_response]).toEqual(["conflict", "Names him."]);
    type("mine, and more");
    await wait(5_000);
    expect(calls).toHaveLength(1);
    const { save } = autosave.read();
    if (save.kind !== "conflict") throw new Error("no conflict");
    autosave.settle(save.theirs, { ...toDraft(save.theirs), expected: autosave.read().draft.expected });
    await wait(1_000);
    expect([kind(), server().expectations.expected_response, server().tags]).toEqual([
      "saved",
      "mine, and more",
      ["jo"],
    ]);
    autosave.undo();
    await wait(1_000);
    expect(server().tags).toEqual([]);
  });

  it("a change that was taken back meanwhile is nothing to ask about", async () => {
    const { type, someoneElse, server, kind, calls } = setup(stored());
    someoneElse({ tags: ["jo"] });
    someoneElse({ tags: [] });
    type("mine");
    await wait(2_000);
    expect([kind(), calls, server().expectations.expected_response]).toEqual([
      "saved",
      ["save 3", "save 5"],
      "mine",
    ]);
  });

  it("a newer state with the same words, read while one types, is what the next save goes onto", async () => {
    const { autosave, type, someoneElse, server, calls } = setup(stored());
    someoneElse({ tags: [] });
    type("mine");
    autosave.refresh(server());
    await wait(1_000);
    expect([calls, server().expectations.expected_response]).toEqual([["save 4"], "mine"]);
  });

  it("a save whose answer was lost is recognised: nobody else changed the record", async () => {
    const { type, server, someoneElse, fail, kind, calls } = setup(stored());
    fail({ kind: "later", detail: "offline" });
    type("mine");
    await wait(1_000);
    someoneElse({ expectations: { ...stored().expectations, expected_response: "mine" } });
    fail(null);
    type("mine, and more");
    await wait(2_500);
    expect([kind(), calls, server().expectations.expected_response]).toEqual([
      "saved",
      ["save 3", "save 3", "save 4"],
      "mine, and more",
    ]);
  });

  it("taking theirs saves nothing, and undo brings mine back", async () => {
    const { autosave, type, someoneElse, server, calls } = setup(stored());
    someoneElse({ tags: ["jo"] });
    type("mine");
    await wait(1_000);
    autosave.settle(server(), toDraft(server()));
    await wait(1_000);
    expect([calls.length, autosave.read().draft.expected, autosave.read().canUndo]).toEqual([
      1,
      "Names him.",
      true,
    ]);
    autosave.undo();
    expect(autosave.read().draft.expected).toBe("mine");
  });
});

describe("undo", () => {
  it("typing in one place is one step, a pause or another place begins the next", async () => {
    const { autosave, type } = setup(stored());
    type("a");
    type("ab");
    await wait(5_000);
    type("abc");
    autosave.change("tags", (draft) => ({ ...draft, tags: ["x"] }));
    autosave.undo();
    expect([autosave.read().draft.tags, autosave.read().draft.expected]).toEqual([[], "abc"]);
    autosave.undo();
    expect(autosave.read().draft.expected).toBe("ab");
    autosave.undo();
    expect([autosave.read().draft.expected, autosave.read().canUndo]).toEqual(["Names him.", false]);
  });

  it("redo does again what was taken back, until something new is done", () => {
    const { autosave } = setup(stored());
    const say = (text: string) => autosave.change(text, (draft) => ({ ...draft, expected: text }));
    say("one");
    say("two");
    autosave.undo();
    autosave.undo();
    expect(autosave.read()).toMatchObject({
      draft: { expected: "Names him." },
      canUndo: false,
      canRedo: true,
    });
    autosave.redo();
    expect(autosave.read().draft.expected).toBe("one");
    autosave.redo();
    autosave.redo();
    expect(autosave.read()).toMatchObject({ draft: { expected: "two" }, canUndo: true, canRedo: false });
    autosave.undo();
    say("three");
    autosave.redo();
    expect(autosave.read()).toMatchObject({ draft: { expected: "three" }, canRedo: false });
  });
});
