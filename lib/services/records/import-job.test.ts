import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRecordsWorld, PROJECT, recordInput } from "./testing/records-world";

let world: ReturnType<typeof createRecordsWorld>;
beforeEach(() => {
  world = createRecordsWorld();
});
afterEach(() => {
  expect(world.failures).toEqual([]);
  world.database.close();
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const preview = (text: string) => world.imports.preview(world.ray, PROJECT, bytes(text));
const live = () => world.repos.records.live(PROJECT);
const list = (archived: boolean) =>
  world.records.list(world.ray, PROJECT, { archived, sort: "created", limit: 200 });
const csv = (rows: number, expected = "Says so.") =>
  `question,expected_response\n${Array.from({ length: rows }, (_, at) => `Question ${at},${expected}`).join("\n")}`;

/** Runs the job until `written` lines are written, then holds it there. */
async function importInPart(text: string, written: number) {
  const { importId } = await preview(text);
  const { jobId } = world.imports.commit(world.ray, PROJECT, importId);
  while (world.imports.state(world.ray, PROJECT, importId).done < written) await new Promise(setImmediate);
  world.deps.jobs.pause(jobId ?? "", "Paused by Ray.");
  while (world.repos.jobs.byId(jobId ?? "")?.state !== "paused") await new Promise(setImmediate);
  return { importId, jobId: jobId ?? "" };
}

describe("made visible at once", () => {
  it("while it is at work no list, count, search or readiness has any of its new records", async () => {
    world.records.create(world.ray, PROJECT, recordInput("There before"));
    const { importId } = await importInPart(csv(1_000), 200);
    const state = world.imports.state(world.ray, PROJECT, importId);
    expect([state.state, state.total, state.result.created]).toEqual(["paused", 1_000, state.done]);
    expect(state.done).toBeGreaterThanOrEqual(200);
    expect([list(false).total, list(true).total, live().length]).toEqual([1, 0, 1]);
    expect(world.records.counts(world.ray, PROJECT)).toMatchObject({ total: 1, archived: 0 });
    expect(
      world.records.list(world.ray, PROJECT, { archived: true, sort: "created", limit: 5, q: "Question" })
        .total,
    ).toBe(0);
    await world.imports.control(world.ray, PROJECT, importId, "resume");
    await world.deps.jobs.finished(state.jobId ?? "");
    expect([list(false).total, live().length]).toEqual([1_001, 1_001]);
    expect(world.imports.state(world.ray, PROJECT, importId)).toMatchObject({
      state: "done",
      done: 1_000,
      result: { created: 1_000, invalid: 0 },
    });
  });

  it("is met again by a page that is loaded anew, until it is over", async () => {
    expect(world.imports.open(world.ray, PROJECT)).toBeNull();
    const { importId, jobId } = await importInPart(csv(600), 100);
    await preview(csv(3));
    expect(world.imports.open(world.ray, PROJECT)).toMatchObject({ importId, state: "paused", total: 600 });
    await world.imports.control(world.ray, PROJECT, importId, "resume");
    await world.deps.jobs.finished(jobId);
    expect(world.imports.open(world.ray, PROJECT)).toBeNull();
  });

  it("cancelled, none of its records is there, and the same file can be imported again", async () => {
    const { importId } = await importInPart(csv(600), 100);
    expect((await world.imports.control(world.ray, PROJECT, importId, "cancel")).state).toBe("cancelled");
    expect(world.repos.records.counts(PROJECT)).toMatchObject({ total: 0, archived: 0 });
    const again = await preview(csv(600));
    expect(again.counts.new).toBe(600);
    expect(await world.importToEnd(world.ray, PROJECT, again.importId)).toMatchObject({ created: 600 });
  });
});

describe("resume", () => {
  it("after a stop it goes on where it was and writes nothing twice, also where lines ask the same", async () => {
    const twice = `${csv(400)}\n${csv(400, "Says more.").split("\n").slice(1).join("\n")}`;
    const { importId, jobId } = await importInPart(twice, 300);
    await world.deps.jobs.shutdown(0);
    expect(world.repos.jobs.byId(jobId)?.state).not.toBe("done");
    const next = world.nextServer();
    next.resume(jobId);
    await next.finished(jobId);
    expect(world.imports.state(world.ray, PROJECT, importId).result).toMatchObject({
      created: 400,
      updated: 400,
      skipped: 0,
    });
    const records = live();
    expect(records).toHaveLength(400);
    expect(new Set(records.map(({ expectations }) => expectations.expected_response))).toEqual(
      new Set(["Says more."]),
    );
    expect(records.every(({ revision }) => revision === 2)).toBe(true);
  });
});

describe("columns", () => {
  const table = "Frage,Antwort,Woche\nWho?,Names him.,4\nWhy?,Says why.,5";

  it("a table whose question nobody knows is shown with its columns; once told, it is read", async () => {
    const told = await preview(table);
    expect([told.needsColumns, told.counts.new]).toEqual([true, 0]);
    expect(told.columns).toEqual([
      { name: "Frage", role: "field", samples: ["Who?", "Why?"] },
      { name: "Antwort", role: "field", samples: ["Names him.", "Says why."] },
      { name: "Woche", role: "field", samples: ["4", "5"] },
    ]);
    const chosen = await world.imports.chooseColumns(world.ray, PROJECT, told.importId, [
      { name: "Frage", role: "question" },
      { name: "Antwort", role: "expected_response" },
      { name: "Woche", role: "field" },
    ]);
    expect([chosen.needsColumns, chosen.counts.new]).toEqual([false, 2]);
    await world.importToEnd(world.ray, PROJECT, told.importId);
    expect(
      live().map(({ inputs, expectations }) => [
        inputs.messages[0]?.content,
        inputs.fields,
        expectations.expected_response,
      ]),
    ).toEqual([
      ["Who?", { Woche: "4" }, "Names him."],
      ["Why?", { Woche: "5" }, "Says why."],
    ]);
  });

  it("flat JSON objects are rows too", async () => {
    const told = await preview(
      '{"query": "Who?", "answer": "Names him.", "tags": ["a", "b, c"]}\n{"query": "Why?"}',
    );
    expect(told.columns?.map(({ name, role }) => [name, role])).toEqual([
      ["query", "question"],
      ["answer", "field"],
      ["tags", "tags"],
    ]);
    await world.imports.chooseColumns(world.ray, PROJECT, told.importId, [
      { name: "query", role: "question" },
      { name: "answer", role: "expected_response" },
      { name: "tags", role: "tags" },
    ]);
    await world.importToEnd(world.ray, PROJECT, told.importId);
    expect(live().map(({ tags }) => tags)).toEqual([["a", "b, c"], []]);
  });
});

it("MLflow's dataset JSON: its list, or its REST answer with the list as text, tags with values, one text as question", async () => {
  const records = [
    {
      dataset_record_id: "r-1",
      inputs: { user_query: "Who?" },
      expectations: { expected_facts: ["the man"], expected_response: "Names him." },
      tags: { topic: "red zone", reviewed: "true" },
      source: { source_type: "HUMAN" },
    },
    { inputs: { question: "Why?", team: "Ravens" }, outputs: "Because." },
  ];
  const told = await preview(JSON.stringify({ records: JSON.stringify(records) }, null, 2));
  expect(told.counts).toEqual({ new: 2, changed: 0, duplicate: 0, invalid: 0 });
  expect(told.lines[1]?.notice).toBe("Left out, for a record has no place for it: outputs.");
  await world.importToEnd(world.ray, PROJECT, told.importId);
  expect((await preview(JSON.stringify(records))).counts.duplicate).toBe(2);
  expect(live().map(({ inputs, tags }) => [inputs.messages[0]?.content, inputs.fields, tags])).toEqual([
    ["Who?", {}, ["topic: red zone", "reviewed"]],
    ["Why?", { team: "Ravens" }, []],
  ]);
});

it("rejected lines come back as a file with the reasons; mended, it is imported and its extra columns are left out", async () => {
  const told = await preview(
    'question,expected_response,team\nWho?,Names him.,A\n,nothing asked,"=1+1"\nWhy?,a,b,c\n',
  );
  const before = await world.imports.rejected(world.ray, PROJECT, told.importId);
  await world.importToEnd(world.ray, PROJECT, told.importId);
  const file = await world.imports.rejected(world.ray, PROJECT, told.importId);
  expect(file).toEqual(before);
  expect(file.text.split("\r\n")).toEqual([
    '"question","expected_response","team","reason_left_out","line_left_out"',
    `"","nothing asked","'=1+1","Nobody asks anything: there is no user turn with words in it.","3"`,
    '"Why?","a","b, c","The row has 4 cells, the first row has 3. A text with a comma in it stands in quotation marks.","4"',
    "",
  ]);
  const mended = await preview(file.text.replace('"","nothing', '"What?","nothing'));
  expect(mended.counts).toMatchObject({ new: 2, invalid: 0 });
  await world.importToEnd(world.ray, PROJECT, mended.importId);
  expect(live().map(({ inputs }) => inputs.fields)).toEqual([
    { team: "A" },
    { team: "=1+1" },
    { team: "b, c" },
  ]);
});
