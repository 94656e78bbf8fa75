import { afterEach, beforeEach, expect, it } from "vitest";
import type { Database } from "../client";
import { PurgeRepo } from "../repos/purge.repo";
import { openTestDb } from "../test-db";
import { fillProject, fillServer, tablesOf } from "../testing/fill-tables";
import { neverOfProject, projectRows } from "./project-rows";

let database: Database;
let purge: PurgeRepo;
beforeEach(() => {
  database = openTestDb();
  purge = new PurgeRepo(database);
  fillServer(database);
});
afterEach(() => database.close());

/** Every step of the deletion, as the service takes them; gives how many rows went. */
function purgeAll(projectId: string, limit: number): number {
  database.raw.prepare("update projects set deleted_at = 1 where id = ?").run(projectId);
  let rows = purge.forgetAnswers(projectId);
  for (let kind = 0; kind < purge.kinds; kind++) {
    for (;;) {
      const gone = purge.step(projectId, kind, limit);
      expect(gone).toBeLessThanOrEqual(limit + 50);
      rows += gone;
      if (gone === 0) break;
    }
  }
  purge.finish(projectId);
  return rows;
}

/** Every cell of every table that holds the word. */
function cellsWith(word: string): string[] {
  return tablesOf(database).flatMap(({ table, columns }) =>
    columns
      .filter(({ name }) =>
        database.raw
          .prepare(`select 1 from "${table}" where instr(cast("${name}" as text), ?) > 0`)
          .get(word),
      )
      .map(({ name }) => `${table}.${name}`),
  );
}

const content = () =>
  tablesOf(database).map(({ table }) => [table, database.raw.prepare(`select * from "${table}"`).all()]);

it("knows of every table of the schema whether its rows belong to a project", () => {
  const known = [
    ...neverOfProject,
    "projects",
    ...projectRows.flatMap(({ table, with: hanging = [] }) => [table, ...hanging.map(([child]) => child)]),
  ];
  expect(known.toSorted()).toEqual(
    tablesOf(database)
      .map(({ table }) => table)
      .toSorted(),
  );
});

it("leaves no row, in any table, that names the deleted project or anything of it; others keep every cell", () => {
  fillProject(database, "kept", 3);
  const before = content();
  fillProject(database, "gone", 3);
  const filled = new Set(cellsWith("gone").map((cell) => cell.split(".")[0]));
  const ofProjects = tablesOf(database)
    .map(({ table }) => table)
    .filter((table) => !neverOfProject.includes(table));
  expect([...filled].toSorted(), "each table had rows of it").toEqual(ofProjects.toSorted());
  expect(purgeAll("gone", 2)).toBeGreaterThan(ofProjects.length * 2);
  expect(cellsWith("gone")).toEqual([]);
  expect(content()).toEqual(before);
  expect(database.raw.pragma("foreign_key_check")).toEqual([]);
});

it("puts every guard back: what must not be deleted elsewhere cannot be, and keys of the schema are checked", () => {
  const triggers = () =>
    database.raw.prepare("select name, sql from sqlite_master where type = 'trigger' order by name").all();
  const before = triggers();
  fillProject(database, "kept", 1);
  fillProject(database, "gone", 1);
  purgeAll("gone", 100);
  expect(triggers()).toEqual(before);
  expect(before.length).toBeGreaterThan(15);
  for (const table of ["labels", "run_events", "prompt_versions", "audit_log"])
    expect(() => database.raw.prepare(`delete from ${table}`).run(), table).toThrow(/never|append-only/);
  expect(() => database.raw.prepare("delete from records").run()).toThrow(/FOREIGN KEY/);
});

it("keeps the project while a row of it is left, and never takes one that nobody deleted", () => {
  fillProject(database, "kept", 1);
  purge.finish("kept");
  expect(database.raw.prepare("select count(*) from projects").pluck().get()).toBe(1);
  database.raw.prepare("update projects set deleted_at = 1").run();
  expect(purge.waiting()).toEqual(["kept"]);
  expect(() => purge.finish("kept")).toThrow(/FOREIGN KEY/);
});

it("forgets answers kept for repeats that name anything of the project, and no other", () => {
  fillProject(database, "kept", 1);
  fillProject(database, "gone", 1);
  const keep = database.raw.prepare(
    "insert into idempotency_keys (actor_id, key, request_hash, response, expires_at, created_at) values ('usr_jo', ?, 'h', ?, 9, 1)",
  );
  keep.run("of-record", '{"v":1,"value":{"body":"{\\"id\\":\\"rec_gone00000000\\"}"}}');
  keep.run("of-other", '{"v":1,"value":{"body":"{\\"id\\":\\"rec_kept00000000\\"}"}}');
  purgeAll("gone", 100);
  const left = database.raw
    .prepare("select key from idempotency_keys where actor_id = 'usr_jo'")
    .pluck()
    .all();
  expect(left).toEqual(["of-other"]);
});

it("keeps the words of a deleted record in no part of the search index", () => {
  fillProject(database, "kept", 2);
  fillProject(database, "gone", 5);
  // 'gon' is a term of the index, and of no record that stays
  const isInIndex = () =>
    (database.raw.prepare("select block from record_search_data").pluck().all() as Buffer[]).some((block) =>
      block.includes("gon"),
    );
  expect(isInIndex()).toBe(true);
  purgeAll("gone", 2);
  for (let isFirst = true; purge.mergeSearch(isFirst); ) isFirst = false;
  expect(isInIndex()).toBe(false);
  const found = database.raw.prepare("select count(*) from record_search where record_search match 'kept'");
  expect(found.pluck().get()).toBe(2);
});
