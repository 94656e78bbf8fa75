import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AppError } from "@/lib/contracts/errors";
import { createRecordsWorld, PROJECT, recordInput } from "./testing/records-world";

let world: ReturnType<typeof createRecordsWorld>;
beforeEach(() => {
  world = createRecordsWorld();
});
afterEach(() => world.database.close());

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const jsonl = (...lines: unknown[]): Uint8Array =>
  bytes(lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"));
const preview = (file: Uint8Array) => world.imports.preview(world.ray, PROJECT, file);
const listAll = { archived: false, sort: "created", limit: 200 } as const;
const all = () => world.repos.records.live(PROJECT);

async function importAll(file: Uint8Array) {
  const { importId } = await preview(file);
  return world.importToEnd(world.ray, PROJECT, importId);
}

async function refusal(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => new Error("nothing was thrown"),
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error;
  throw error;
}

const expected = { expected_response: "Says so." };

describe("what a line may look like", () => {
  it.each([
    [
      { inputs: { messages: [{ role: "user", content: "Who?" }] }, expectations: expected },
      [{ role: "user", content: "Who?" }],
      {},
    ],
    [
      {
        inputs: {
          input: [
            { role: "user", content: "Who?" },
            { role: "assistant", content: "He." },
            { role: "user", content: "Why?" },
          ],
        },
      },
      [
        { role: "user", content: "Who?" },
        { role: "assistant", content: "He." },
        { role: "user", content: "Why?" },
      ],
      {},
    ],
    [
      { inputs: { question: "Who?", team: "Ravens", week: 4 } },
      [{ role: "user", content: "Who?" }],
      { team: "Ravens", week: "4" },
    ],
    [
      { inputs: { input: "Who?", fields: { team: "Ravens" } } },
      [{ role: "user", content: "Who?" }],
      { team: "Ravens" },
    ],
    [{ inputs: "Who?" }, [{ role: "user", content: "Who?" }], {}],
    [
      { inputs: { messages: [{ role: "user", content: [{ type: "text", text: "Who?" }] }] }, id: 7 },
      [{ role: "user", content: "Who?" }],
      {},
    ],
  ])("%j", async (line, messages, fields) => {
    expect(await importAll(jsonl(line))).toMatchObject({ created: 1, rejected: [] });
    expect(all()[0]?.inputs).toEqual({ v: 1, messages, fields });
  });

  it("expectations in our words and in MLflow's; what has no place is told", async () => {
    const line = {
      inputs: { question: "Who?" },
      expectations: { expected_facts: ["the man"], must_never: ["guess"], guidelines: ["be kind"] },
      tags: [" red zone ", "red zone"],
      critical: true,
    };
    const told = await preview(jsonl(line));
    expect(told.lines[0]?.notice).toBe(
      "Left out, for a record has no place for it: expectations.guidelines.",
    );
    await world.importToEnd(world.ray, PROJECT, told.importId);
    expect(all()[0]).toMatchObject({
      expectations: { expected_response: "", facts: ["the man"], mustNever: ["guess"] },
      tags: ["red zone"],
      critical: true,
      source: "import",
      set: "unassigned",
    });
  });
});

describe("bad lines", () => {
  const good = { inputs: { question: "Who?" }, expectations: expected };
  const cases: [unknown, RegExp][] = [
    ["{not json}", /no JSON/],
    ['{"inputs": {"question": "x"}', /closing brace is missing/],
    ['{"inputs": {"question": "x"}},', /ends with a comma/],
    ["plain words", /begins with "plain words"/],
    ["[1,2]", /must be an object in braces; it is a list/],
    [{ question: "x" }, /"inputs" is missing/],
    [{ inputs: { a: "x", b: "y" } }, /holds no question/],
    [{ inputs: {} }, /holds no question/],
    [{ inputs: { messages: [] } }, /Nobody asks anything/],
    [
      { inputs: { question: "x", messages: [{ role: "user", content: "y" }] } },
      /says the question twice: keep one of "messages" and "question"/,
    ],
    [
      { inputs: { messages: [{ role: "system", content: "x" }] } },
      /Turn 1 has the role "system".*belong into the prompt/,
    ],
    [
      { inputs: { messages: [{ role: "user", content: [{ type: "image_url" }] }] } },
      /type "image_url"; a record holds text alone/,
    ],
    [{ inputs: { question: "x", plays: { a: 1 } } }, /field "plays" is no text/],
    [{ inputs: { question: "x" }, expectations: { expected_response: 5 } }, /must be a text/],
    [
      { inputs: { question: "x" }, expectations: { facts: [1] } },
      /Entry 1 of "expectations.facts" is no text/,
    ],
    [{ inputs: { question: "y".repeat(100_001) } }, /The question has 100,001 characters; at most 100,000/],
    [{ inputs: { question: "x" }, tags: ["t".repeat(61)] }, /longer than 60 characters/],
    [{ inputs: { question: "x" }, critical: "yes" }, /"critical" must be true or false/],
  ];

  it("each is told by its number with the reason, and the good ones are imported", async () => {
    const lines = [good, "", ...cases.map(([line]) => line)];
    const told = await preview(jsonl(...lines));
    expect(told.counts).toEqual({ new: 1, changed: 0, duplicate: 0, invalid: cases.length });
    const bad = told.lines.filter(({ outcome }) => outcome === "invalid");
    expect(bad.map(({ line }) => line)).toEqual(cases.map((_, index) => index + 3));
    for (const [index, [, reason]] of cases.entries()) expect(bad[index]?.problem).toMatch(reason);
    expect(all()).toHaveLength(0);
    const result = await world.importToEnd(world.ray, PROJECT, told.importId);
    expect(result).toEqual({ created: 1, updated: 0, skipped: 0, invalid: bad.length, rejected: bad });
    expect(all()).toHaveLength(1);
  });

  it.each([
    ["", /The file is empty/],
    [" \n \n", /nothing but blank lines/],
  ])("a file of %j is refused", async (text, reason) => {
    expect((await refusal(preview(bytes(text)))).detail).toMatch(reason);
  });

  it("bytes that are no UTF-8 are refused with the line", async () => {
    const latin = Uint8Array.from([...bytes('{"inputs":"a"}\n{"inputs":"caf'), 0xe9, ...bytes('"}')]);
    expect((await refusal(preview(latin))).detail).toMatch(/^Line 2 holds bytes that are no UTF-8 text/);
    const wide = Uint8Array.from([0xff, 0xfe, 0x7b, 0x00]);
    expect((await refusal(preview(wide))).detail).toMatch(/stored as UTF-16/);
  });

  it("a byte order mark and Windows line ends do no harm", async () => {
    const file = Uint8Array.from([0xef, 0xbb, 0xbf, ...bytes(`${JSON.stringify(good)}\r\n`)]);
    expect(await importAll(file)).toMatchObject({ created: 1, rejected: [] });
  });

  it("more than 50 000 lines are refused before anything is written", async () => {
    const error = await refusal(preview(bytes('{"inputs":"a"}\n'.repeat(50_001))));
    expect(error.code).toBe("payload-too-large");
  });
});

describe("the same question again", () => {
  it("identical is a duplicate; other expectations change the record; what is not mentioned stays", async () => {
    const { records, ray } = world;
    const { id } = records.create(ray, PROJECT, recordInput("Who?", "Names him.", ["blitz"]));
    const told = await preview(
      jsonl(
        { inputs: { question: "Who?" }, expectations: { expected_response: "Names him." } },
        { inputs: { messages: [{ role: "user", content: "Why?" }] } },
      ),
    );
    expect(told.counts).toEqual({ new: 1, changed: 0, duplicate: 1, invalid: 0 });
    expect(
      await importAll(jsonl({ inputs: { question: "Who?" }, expectations: { facts: ["number"] } })),
    ).toMatchObject({ created: 0, updated: 1 });
    expect(records.get(ray, id)).toMatchObject({
      revision: 2,
      tags: ["blitz"],
      expectations: { expected_response: "Names him.", facts: ["number"] },
    });
  });

  it("twice in one file: the later line is what counts, and it says so", async () => {
    const file = jsonl(
      { inputs: { question: "Who?" }, expectations: { expected_response: "first" } },
      { inputs: { question: "Who?" }, expectations: { expected_response: "second" } },
      { inputs: { question: "Who?" }, expectations: { expected_response: "second" } },
    );
    const told = await preview(file);
    expect(told.lines.map(({ outcome }) => outcome)).toEqual(["new", "changed", "duplicate"]);
    expect(told.lines[1]?.notice).toContain("stands on line 1");
    expect(await world.importToEnd(world.ray, PROJECT, told.importId)).toMatchObject({
      created: 1,
      updated: 1,
      skipped: 1,
    });
    expect(all().map((record) => [record.revision, record.expectations.expected_response])).toEqual([
      [2, "second"],
    ]);
  });

  it("an archived record comes back", async () => {
    const { records, ray } = world;
    const { id } = records.create(ray, PROJECT, recordInput("Who?"));
    records.update(ray, id, { archived: true }, 1);
    const told = await preview(jsonl({ inputs: { question: "Who?" }, expectations: expected }));
    expect(told.lines[0]).toMatchObject({
      outcome: "changed",
      notice: "The record was archived; it comes back.",
    });
    await world.importToEnd(world.ray, PROJECT, told.importId);
    expect(records.get(ray, id).archived).toBe(false);
  });
});

describe("two phases", () => {
  const file = jsonl({ inputs: { question: "Who?" } });

  it("confirming twice imports once and answers the same", async () => {
    const { importId } = await preview(file);
    const first = await world.importToEnd(world.ray, PROJECT, importId);
    expect(await world.importToEnd(world.ray, PROJECT, importId)).toEqual(first);
    expect(all()).toHaveLength(1);
  });

  it("a preview is kept for an hour, for its project alone, and for those who may write", async () => {
    const { importId } = await preview(file);
    const elsewhere = { ...world.ray, roles: { prj_2: "expert", [PROJECT]: "expert" } } as typeof world.ray;
    expect((await refusal(world.importToEnd(elsewhere, "prj_2", importId))).code).toBe("not-found");
    expect((await refusal(world.importToEnd(world.viewer, PROJECT, importId))).code).toBe("forbidden");
    world.pass(3_700_000);
    expect((await refusal(world.importToEnd(world.ray, PROJECT, importId))).detail).toMatch(
      /previews are kept for an hour/,
    );
    expect(all()).toHaveLength(0);
  });

  it("personal data is pointed out, and blocked where the project says so", async () => {
    const personal = jsonl({ inputs: { question: "Call +49 170 1234567?" } });
    const told = await preview(personal);
    expect([told.notices, told.lines[0]?.notice]).toEqual([1, '"+49 170 1234567" looks like personal data.']);
    world.blockPersonalData();
    const blocked = await preview(personal);
    expect(blocked.counts.invalid).toBe(1);
    expect(await world.importToEnd(world.ray, PROJECT, blocked.importId)).toMatchObject({
      created: 0,
      rejected: [{ line: 1, outcome: "invalid" }],
    });
  });

  it("ten thousand lines are shown in part and imported whole", async () => {
    const big = jsonl(
      ...Array.from({ length: 2_000 }, (_, index) => ({
        inputs: { question: `Question ${index}` },
        expectations: expected,
      })),
    );
    const told = await preview(big);
    expect([told.counts.new, told.lines.length]).toEqual([2_000, 100]);
    expect(await world.importToEnd(world.ray, PROJECT, told.importId)).toMatchObject({ created: 2_000 });
  });
});

describe("tables", () => {
  it("CSV with quotes, line breaks, lists and extra columns as fields", async () => {
    const csv =
      'question,expected_response,facts,must_never,tags,team,critical\r\n"Who, and ""why""?","Names him.\nWith counts.",size | who,guess,"blitz, red zone",Ravens,yes\r\n\r\nWhy?,,,,,,\r\n';
    const told = await preview(bytes(csv));
    expect([told.format, told.counts.new, told.lines.map(({ line }) => line)]).toEqual(["csv", 2, [2, 5]]);
    await world.importToEnd(world.ray, PROJECT, told.importId);
    const [first, second] = all();
    expect(first).toMatchObject({
      inputs: { messages: [{ role: "user", content: 'Who, and "why"?' }], fields: { team: "Ravens" } },
      expectations: {
        expected_response: "Names him.\nWith counts.",
        facts: ["size", "who"],
        mustNever: ["guess"],
      },
      tags: ["blitz", "red zone"],
      critical: true,
    });
    expect(second).toMatchObject({ inputs: { messages: [{ content: "Why?" }] }, tags: [], critical: false });
  });

  it("cells pasted from a spreadsheet, with or without names in the first row", async () => {
    await importAll(bytes("Who?\tNames him.\nWhy?\tSays why."));
    expect(
      all().map((record) => [record.inputs.messages[0]?.content, record.expectations.expected_response]),
    ).toEqual([
      ["Who?", "Names him."],
      ["Why?", "Says why."],
    ]);
  });

  it("bad rows are told by line", async () => {
    const told = await preview(bytes('question,expected_response\nWho?,ok\n,nothing asked\nWhy?,a,b\n"open'));
    expect(
      told.lines.filter(({ problem }) => problem !== null).map(({ line, problem }) => [line, problem]),
    ).toEqual([
      [3, "Nobody asks anything: there is no user turn with words in it."],
      [4, "The row has 3 cells, the first row has 2. A text with a comma in it stands in quotation marks."],
      [5, "A cell begins with a quotation mark that nothing closes."],
    ]);
  });
});

describe("export", () => {
  it("imported again into the same project changes nothing, into an empty one makes the same records", async () => {
    const { records, ray, imports } = world;
    const strange = ["Zeile 1\nZeile 2\r\n\u2028 ende", '日本語 🏈 \u0000 \\ "', "  spaces  "];
    for (const text of strange) records.create(ray, PROJECT, recordInput(text, text, ["a b"]));
    records.create(ray, PROJECT, {
      ...recordInput("Who?"),
      critical: true,
      inputs: {
        v: 1,
        messages: [
          { role: "user", content: "Who?" },
          { role: "assistant", content: "He." },
          { role: "user", content: "Why?" },
        ],
        fields: { team: "Ravens" },
      },
    });
    // one question, two records that say different things
    records.create(ray, PROJECT, recordInput("Same?", "one"));
    records.create(ray, PROJECT, recordInput("Same?", "two"));
    const exported = records.exportFile(ray, PROJECT, "jsonl", null).text;
    expect(await importAll(bytes(exported))).toEqual({
      created: 0,
      updated: 0,
      skipped: 6,
      invalid: 0,
      rejected: [],
    });
    expect(all().every((record) => record.revision === 1)).toBe(true);
    const other = createRecordsWorld();
    const { importId } = await other.imports.preview(other.ray, PROJECT, bytes(exported));
    await other.importToEnd(other.ray, PROJECT, importId);
    const shapeOf = ({ inputs, tags, critical }: (typeof listed)[number]) => ({ inputs, tags, critical });
    const listed = other.repos.records.live(PROJECT);
    expect(listed.slice(0, 4).map(shapeOf)).toEqual(all().slice(0, 4).map(shapeOf));
    other.database.close();
    expect(imports).toBeDefined();
    expect(records.list(ray, PROJECT, listAll).total).toBe(6);
  });
});
