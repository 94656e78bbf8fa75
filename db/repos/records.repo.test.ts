import { beforeEach, describe, expect, it } from "vitest";
import type { RecordListQuery } from "@/lib/contracts/records";
import { addRecord, expects, inputsOf, seededRepos } from "../testing/seed";
import { inputsHash, questionOf } from "./record-text";

let repos: ReturnType<typeof seededRepos>;
beforeEach(() => {
  repos = seededRepos();
});

const query = (more: Partial<RecordListQuery> = {}): RecordListQuery => ({
  archived: false,
  sort: "created",
  limit: 100,
  ...more,
});
const found = (more: Partial<RecordListQuery>) =>
  repos.records
    .list("prj", query(more))
    .items.map(({ id }) => id)
    .sort();

describe("sets (architecture.md, Sets)", () => {
  beforeEach(() => {
    for (const id of ["a", "b", "c", "d"]) addRecord(repos, id, `question ${id}`);
    repos.records.assignSets([
      { recordId: "a", set: "practice" },
      { recordId: "b", set: "sealed" },
      { recordId: "c", set: "practice" },
    ]);
    repos.records.update("c", 1, { archived: true }, "usr_ray", 11);
  });

  it("engine and alignment get practice records only, never sealed or archived ones", () => {
    expect(repos.records.listPractice("prj").map(({ id }) => id)).toEqual(["a"]);
    expect(repos.records.findForEngine("prj", ["a", "b", "c", "d"]).map(({ id }) => id)).toEqual(["a"]);
    expect(repos.records.listSealed("prj").map(({ id }) => id)).toEqual(["b"]);
    expect(repos.records.listUnassigned("prj").map(({ id }) => id)).toEqual(["d"]);
  });

  it.each([
    ["a", "sealed"],
    ["b", "practice"],
    ["a", "unassigned"],
  ] as const)("refuses %s to become %s, and then changes nothing", (recordId, set) => {
    const assign = () =>
      repos.records.assignSets([
        { recordId: "d", set: "practice" },
        { recordId, set },
      ]);
    expect(assign).toThrow(expect.objectContaining({ code: "conflict", extra: { recordId } }));
    expect(repos.records.byId("d")?.set).toBe("unassigned");
  });

  it("giving the same set again is no conflict", () => {
    repos.records.assignSets([{ recordId: "a", set: "practice" }]);
    expect(repos.records.byId("a")?.set).toBe("practice");
  });

  it("a trigger guards the seal below the repo too", () => {
    expect(() => repos.database.raw.exec(`update records set "set" = 'practice' where id = 'b'`)).toThrow(
      "keeps its set",
    );
    expect(() => repos.database.raw.exec(`update records set "set" = 'other' where id = 'd'`)).toThrow(
      "CHECK",
    );
  });

  it("counts", () => {
    expect(repos.records.counts("prj")).toEqual({
      total: 3,
      unassigned: 1,
      practice: 1,
      sealed: 1,
      critical: 0,
      needsWork: 0,
      archived: 1,
    });
  });

  it("a snapshot keeps revisions, and gives the engine no sealed record", () => {
    const items = ["a", "b"].map((recordId) => ({
      recordId,
      revision: 1,
      set: recordId === "a" ? ("practice" as const) : ("sealed" as const),
    }));
    const snapshot = repos.snapshots.create("snp_1", "prj", items, 12);
    expect(repos.snapshots.create("snp_2", "prj", items, 13)).toEqual(snapshot);
    repos.records.update("a", 1, { inputs: inputsOf("new words") }, "usr_jo", 14);
    expect(repos.snapshots.listForEngine("snp_1")).toMatchObject([
      { recordId: "a", revision: 1, inputs: inputsOf("question a") },
    ]);
    expect(repos.snapshots.listForEvidence("snp_1").map(({ recordId }) => recordId)).toEqual(["a", "b"]);
    expect(repos.snapshots.changedSince("snp_1")).toEqual(["a"]);
  });
});

describe("edits", () => {
  it("needs the revision that the editor saw, and keeps every revision", () => {
    addRecord(repos, "a", "first words");
    const edited = repos.records.update(
      "a",
      1,
      { expectations: expects("more"), tags: ["red zone"] },
      "usr_jo",
      20,
    );
    expect(edited).toMatchObject({
      status: "updated",
      record: { revision: 2, updatedBy: "Jo", updatedAt: 20, tags: ["red zone"] },
    });
    const late = repos.records.update("a", 1, { tags: [] }, "usr_ray", 21);
    expect(late).toMatchObject({ status: "conflict", current: { revision: 2, tags: ["red zone"] } });
    expect(repos.records.update("none", 1, {}, "usr_ray", 21)).toEqual({ status: "missing" });
    expect(
      repos.records.revisions("a").map(({ revision, author, tags }) => [revision, author, tags]),
    ).toEqual([
      [2, "Jo", ["red zone"]],
      [1, "Ray", []],
    ]);
  });

  it("marks what needs work: no question, or nothing that a good answer does", () => {
    addRecord(repos, "a", "asked", { expected: " " });
    addRecord(repos, "b", " ");
    addRecord(repos, "c", "asked");
    expect(found({ needsWork: true })).toEqual(["a", "b"]);
    repos.records.update("a", 1, { expectations: expects("now it says") }, "usr_ray", 11);
    expect(found({ needsWork: true })).toEqual(["b"]);
  });

  it("erases every text of a record, in all revisions and in the search, and keeps the numbers", () => {
    addRecord(repos, "a", "Martha Miller asks", { expected: "names Martha" });
    repos.records.update("a", 1, { tags: ["x"] }, "usr_ray", 11);
    const target = { kind: "record", recordId: "a" } as const;
    const act = { id: "era", projectId: "prj", target, actorId: "usr_jo", at: 12 };
    repos.erasures.carryOut(act, repos.erasures.plan("prj", target), []);
    expect(JSON.stringify([repos.records.byId("a"), repos.records.revisions("a")])).not.toContain("Martha");
    expect(found({ q: "Martha", archived: true })).toEqual([]);
    expect(repos.records.revisions("a").map(({ revision }) => revision)).toEqual([3, 2, 1]);
  });
});

describe("list", () => {
  it("pages by a cursor through any order without a gap or a repeat", () => {
    for (const [index, word] of ["delta", "alpha", "charlie", "bravo", "echo"].entries()) {
      addRecord(repos, `r${index}`, word, { at: 10 + (index % 2) });
    }
    const walk = (sort: RecordListQuery["sort"]) => {
      const seen: string[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = repos.records.list("prj", query({ sort, limit: 2, ...(cursor ? { cursor } : {}) }));
        expect(page.total).toBe(5);
        seen.push(...page.items.map(({ question }) => question));
        if (page.nextCursor === null) return seen;
        cursor = page.nextCursor;
      }
    };
    expect(walk("question")).toEqual(["alpha", "bravo", "charlie", "delta", "echo"]);
    expect(walk("created")).toEqual(["bravo", "alpha", "echo", "charlie", "delta"]);
    expect(walk("updated")).toEqual(walk("created"));
  });

  it("refuses a cursor that it did not make", () => {
    expect(() => repos.records.list("prj", query({ cursor: "x" }))).toThrow(
      expect.objectContaining({ code: "invalid-input" }),
    );
  });

  it("filters by tag and set, and counts tags", () => {
    addRecord(repos, "a", "one", { tags: ["red zone", "blitz"] });
    addRecord(repos, "b", "two", { tags: ["red zone"] });
    repos.records.assignSets([{ recordId: "b", set: "sealed" }]);
    expect(found({ tag: "red zone" })).toEqual(["a", "b"]);
    expect(found({ tag: "red" })).toEqual([]);
    expect(found({ tag: "red zone", set: "sealed" })).toEqual(["b"]);
    expect(repos.records.tags("prj")).toEqual([
      { tag: "red zone", count: 2 },
      { tag: "blitz", count: 1 },
    ]);
  });

  it.each([
    ["a part of a word, without case", "ENDENC", ["en"]],
    ["all words, in any order", "short tendencies", ["en"]],
    ["only when every word is there", "tendencies absent", []],
    ["umlauts", "grösse", ["de"]],
    ["Cyrillic without case", "моск", ["ru"]],
    ["Japanese, three signs", "京都庁", ["ja"]],
    ["Japanese, fewer than the index knows", "東京", ["ja"]],
    ["a short word beside a long one", "3r short", ["en"]],
    ["what a good answer does", "sample size", ["en"]],
    ["signs that have a meaning in the search language", `"OR" (`, []],
    ["a quotation mark that is there", `say "no`, ["ru"]],
  ])("search: %s", (_name, q, ids) => {
    addRecord(repos, "en", "Tendencies on 3rd and short?", { expected: "gives the sample size" });
    addRecord(repos, "de", "Welche Größe haben sie? Und Grösse?");
    addRecord(repos, "ru", 'Москва: when do they say "no"?');
    addRecord(repos, "ja", "東京都庁はどこですか");
    expect(found({ q })).toEqual(ids);
  });

  it("search follows edits", () => {
    addRecord(repos, "a", "before the edit");
    repos.records.update("a", 1, { inputs: inputsOf("afterwards") }, "usr_ray", 11);
    expect(found({ q: "before" })).toEqual([]);
    expect(found({ q: "afterw" })).toEqual(["a"]);
  });
});

it("the question is the last one of the user, in one line", () => {
  const messages = [
    { role: "user" as const, content: "first" },
    { role: "assistant" as const, content: "answer" },
    { role: "user" as const, content: " second\n line " },
  ];
  expect(questionOf({ v: 1, messages, fields: {} })).toBe("second line");
});

it("finds records by their inputs, whatever the order of fields", () => {
  addRecord(repos, "a", "asked");
  const hash = inputsHash(inputsOf("asked"));
  expect(repos.records.byInputsHashes("prj", [hash]).map(({ record }) => record.id)).toEqual(["a"]);
  expect(inputsHash(inputsOf("q", { a: "1", b: "2" }))).toBe(inputsHash(inputsOf("q", { b: "2", a: "1" })));
});

it("inserts many rows, all or none", () => {
  const rows = Array.from({ length: 250 }, (_, index) => ({
    id: `rec_${index}`,
    projectId: "prj",
    inputs: inputsOf(`question number ${index}`),
    expectations: expects(`fact ${index}`),
    tags: ["bulk"],
    critical: false,
    source: "import",
    actorId: "usr_ray",
    at: index,
  }));
  expect(() => repos.records.insertMany([...rows, ...rows.slice(0, 1)])).toThrow("UNIQUE");
  expect(repos.records.counts("prj").total).toBe(0);
  repos.records.insertMany(rows);
  expect(found({ q: "number 249" })).toEqual(["rec_249"]);
  expect(repos.records.revisions("rec_249")).toHaveLength(1);
});
