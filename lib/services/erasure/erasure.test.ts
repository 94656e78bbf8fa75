import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Database, openDatabase } from "@/db/client";
import { reflectionsOn } from "@/db/erasure/reflections";
import { textTables } from "@/db/erasure/text-tables";
import { ERASED_CAUSE, ERASED_TEXT, type EraseTarget } from "@/lib/contracts/erasure";
import { startRunInput } from "@/lib/contracts/runs";
import type { FetchLike } from "@/lib/llm";
import { type ReviewWorld, reviewWorld } from "../reviews/testing/review-world";

const WAIT = { timeout: 60_000 };
const NAME = "Quentin Zypher";
let folder: string;
let world: ReviewWorld;
/** A second connection to the same file, as a tool of the operator would have it. */
let outside: Database;
/** Called with the number of each model call, before it is answered. */
let onCall: (n: number) => void;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "erase-"));
  const databaseFile = path.join(folder, "touchstone.db");
  onCall = () => undefined;
  let calls = 0;
  const wrapSandboxFetch =
    (fetch: FetchLike): FetchLike =>
    (url, init) => {
      onCall(++calls);
      return fetch(url, init);
    };
  world = reviewWorld({}, { databaseFile, wrapSandboxFetch });
  outside = openDatabase(databaseFile);
});
afterEach(async () => {
  outside.close();
  await world.server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The file and its write-ahead log, as whoever copies them would read them. */
const fileHolds = (words: string): boolean => {
  const names = ["touchstone.db", "touchstone.db-wal"];
  return names.some((name) => {
    try {
      return readFileSync(path.join(folder, name)).includes(words);
    } catch {
      return false;
    }
  });
};
async function erase(target: EraseTarget) {
  const { services } = world.server;
  const preview = services.erasure.preview(world.actor, world.projectId, target);
  return {
    preview,
    done: await services.erasure.erase(world.actor, world.projectId, { target, token: preview.token }),
  };
}

describe("erasing words", () => {
  it("leaves them in no cell of any table and in no byte of the file; numbers and hashes stay", async () => {
    await world.runCandidate();
    // the hardest case: the words stand in every text column that there is
    const { raw } = outside;
    plant(raw, NAME);
    expect(fileHolds(NAME)).toBe(true);
    const before = numbersOf(raw);
    const { preview, done } = await erase({ kind: "words", words: "quentin  ZYPHER" });
    expect(preview.erased.length).toBeGreaterThanOrEqual(15);
    expect(done.erased).toEqual(preview.erased);
    expect(done.compactedAt).not.toBeNull();
    expect(cellsWith(raw, /quentin\s+zypher/i)).toEqual([]);
    raw.pragma("wal_checkpoint(TRUNCATE)");
    for (const form of [NAME, NAME.toLowerCase()]) expect(fileHolds(form), form).toBe(false);
    expect(numbersOf(raw)).toEqual(before);
    expect(cellsWith(raw, /\[text erased\]/).length).toBeGreaterThan(20);
  });
});

/** Puts the words into every text cell that erasing claims to reach, whatever guards stand before them. */
function plant(raw: Database["raw"], words: string): void {
  const guards = raw
    .prepare("select name, sql from sqlite_master where type = 'trigger' and sql like '%raise(ABORT%'")
    .all() as { name: string; sql: string }[];
  for (const { name } of guards) raw.exec(`drop trigger "${name}"`);
  for (const { table, columns } of textTables) {
    for (const [column, form] of Object.entries(columns)) {
      const rows = raw.prepare(`select rowid as id, "${column}" as text from "${table}"`).all() as Cell[];
      const write = raw.prepare(`update "${table}" set "${column}" = ? where rowid = ?`);
      for (const { id, text } of rows) {
        if (text === null || text === "" || form === "name") continue;
        write.run(form === "text" ? `${text} Ask ${words}.` : planted(text, words), id);
      }
    }
  }
  for (const { sql } of guards) raw.exec(sql);
}

interface Cell {
  id: number;
  text: string | null;
}

/** Into every text inside that is prose: codes and ids have no blanks. */
function planted(json: string, words: string): string {
  return JSON.stringify(
    JSON.parse(json, (_, value: unknown) =>
      typeof value === "string" && value.includes(" ") ? `${value} Ask\n${words}!` : value,
    ),
  );
}

function cellsWith(raw: Database["raw"], pattern: RegExp): string[] {
  const tables = raw
    .prepare("select name from sqlite_master where type = 'table' and name not like 'record_search%'")
    .pluck()
    .all() as string[];
  return tables.flatMap((table) =>
    raw
      .prepare(`select * from "${table}"`)
      .all()
      .flatMap((row) =>
        Object.entries(row as object).flatMap(([column, value]) =>
          typeof value === "string" && pattern.test(value) ? [`${table}.${column}`] : [],
        ),
      ),
  );
}

function numbersOf(raw: Database["raw"]): unknown {
  return {
    grades: raw.prepare("select id, value from labels order by id").all(),
    scores: raw.prepare("select id, score, output_key, verdict_key from rollouts order by id").all(),
    versions: raw.prepare("select id, content_hash from prompt_versions order by id").all(),
    events: raw.prepare("select run_id, seq, type, decision from run_events order by run_id, seq").all(),
    calls: raw.prepare("select id, request_hash, cost_usd, input_tokens from paid_calls order by id").all(),
  };
}

describe("erasing a record", () => {
  it("takes all its text with it, everywhere, and keeps what was decided", async () => {
    const review = await world.withEvidence(await world.runCandidate());
    const { repos } = world.server.deps;
    const look = repos.evidence.listByReview(review.id)[0];
    const recordId = look?.result?.pairs[0]?.recordId ?? "";
    const question = repos.records.byId(recordId)?.inputs.messages[0]?.content ?? "";
    expect(question.length).toBeGreaterThan(10);
    const before = numbersOf(outside.raw);
    const { preview } = await erase({ kind: "record", recordId });
    expect(preview.subject).toBe(question);
    expect(preview.erased.map(({ what }) => what)).toEqual(
      expect.arrayContaining(["records", "stored model calls", "looks at the sealed records"]),
    );
    expect(cellsWith(outside.raw, new RegExp(question.replace(/[^\w ]/g, "."), "i"))).toEqual([]);
    expect(numbersOf(outside.raw)).toEqual(before);
    const after = repos.evidence
      .listByReview(review.id)[0]
      ?.result?.pairs.find((pair) => pair.recordId === recordId);
    expect(after?.question).toBe(ERASED_TEXT);
    expect(repos.records.byId(recordId)).toMatchObject({ archived: true });
  });
});

describe("reflections that were shown a record", () => {
  it("are found by what they hang on, also where the record says too little to be looked for", async () => {
    await world.runCandidate();
    const { raw } = outside;
    const journal = raw
      .prepare("select body from run_events where type = 'reflection-started'")
      .pluck()
      .all() as string[];
    const { exampleIds, proposalId } = JSON.parse(journal[0] ?? "").value as Record<
      string,
      string & string[]
    >;
    const recordId = exampleIds?.[0] ?? "";
    const reflections = raw
      .prepare("select job_id, role, call_key, request, reply from paid_calls where role = 'reflection'")
      .all() as Record<string, string>[];
    expect(reflections.length).toBeGreaterThan(1);
    const byReference = reflections.filter(reflectionsOn(raw, recordId, []));
    expect(byReference.map(({ call_key }) => call_key)).toEqual(
      expect.arrayContaining([expect.stringMatching(`^reflect:${proposalId}-`)]),
    );
    const [first] = reflections;
    const short = { ...first, call_key: "reflect:p999-0", request: '"Punt?\\nNo."' } as never;
    expect(reflectionsOn(raw, recordId, ["Punt?"])(short)).toBe(true);
    expect(reflectionsOn(raw, recordId, ["Kick?", "?"])(short)).toBe(false);
    expect(reflectionsOn(raw, "rec_of_no_run", ["Punt?"])(short)).toBe(false);
  });
});

describe("work that rests on it", () => {
  it("a paused run says so, keeps what it found, and takes the best", async () => {
    const { services, deps } = world.server;
    const judges = [{ judgeVersionId: world.seeded.judgeVersionId, weight: 1 }];
    const input = startRunInput.parse({ promptVersionId: world.seeded.version?.id, judges });
    const { id } = services.runs.start(world.actor, world.projectId, input);
    const run = deps.repos.runs.byId(id);
    if (!run) throw new Error("the run was not stored");
    onCall = (n) => {
      if (n === 30) void services.runs.control(world.actor, id, "pause");
    };
    await vi.waitFor(() => expect(deps.repos.jobs.byId(run.jobId)?.state).toBe("paused"), WAIT);
    const recordId = run.manifest.trainset[0] ?? "";
    const { preview } = await erase({ kind: "record", recordId });
    expect(preview.endingJobs).toEqual([{ kind: "run", name: `Run ${run.number}` }]);
    const bought = deps.repos.paidCalls.totals(run.jobId);
    await services.runs.control(world.actor, id, "resume");
    await deps.jobs.finished(run.jobId);
    expect(deps.repos.paidCalls.totals(run.jobId)).toEqual(bought);
    expect(deps.repos.jobs.byId(run.jobId)).toMatchObject({ state: "paused" });
    expect(deps.repos.jobs.byId(run.jobId)?.cause).toContain(ERASED_CAUSE);
    await services.runs.control(world.actor, id, "stop");
    await deps.jobs.finished(run.jobId);
    const { view, state } = services.runs.get(world.actor, id);
    expect(state).toBe("done");
    expect(view.ended?.recommendedCandidateId).toBe(view.recommended?.candidateId ?? view.seedCandidateId);
  });
});
