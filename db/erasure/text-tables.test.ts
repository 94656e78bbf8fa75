import { globSync } from "node:fs";
import path from "node:path";
import { is } from "drizzle-orm";
import { getTableConfig, SQLiteTable } from "drizzle-orm/sqlite-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "../client";
import { openTestDb } from "../test-db";
import { isPlainColumn, neverPersonal } from "./never-personal";
import { textTables } from "./text-tables";

let database: Database;
beforeAll(() => {
  database = openTestDb();
});
afterAll(() => database.close());

const columnsOf = (table: string): string[] =>
  database.raw.prepare("select name from pragma_table_info(?)").pluck().all(table) as string[];

/** Text columns of the schema but those whose few values are the program's own (`enum`). */
async function textColumns(): Promise<{ name: string; full: string }[]> {
  const files = globSync("*.ts", { cwd: path.join(import.meta.dirname, "../schema") });
  const modules = await Promise.all(files.map((file) => import(`../schema/${file.replace(/\.ts$/, "")}.ts`)));
  return modules
    .flatMap((module: object) => Object.values(module))
    .filter((value): value is SQLiteTable => is(value, SQLiteTable))
    .flatMap((table) => {
      const { name: tableName, columns } = getTableConfig(table);
      return columns
        .filter((column) => column.getSQLType() === "text" && (column.enumValues ?? []).length === 0)
        .map(({ name }) => ({ name, full: `${tableName}.${name}` }));
    });
}

it("every text column of the schema can be erased, or is one that never holds anybody's words", async () => {
  const erasable = new Set(
    textTables.flatMap(({ table, columns }) => Object.keys(columns).map((name) => `${table}.${name}`)),
  );
  const never = new Set(Object.values(neverPersonal).flat());
  const columns = await textColumns();
  expect(columns.length).toBeGreaterThan(150);
  const forgotten = columns.filter(
    ({ name, full }) => !erasable.has(full) && !never.has(full) && !isPlainColumn(name),
  );
  expect(forgotten.map(({ full }) => full)).toEqual([]);
  expect([...erasable].filter((one) => never.has(one))).toEqual([]);
});

it("names no column that does not exist, and selects rows by SQL that runs", () => {
  const named = [
    ...textTables.flatMap(({ table, columns }) => Object.keys(columns).map((name) => `${table}.${name}`)),
    ...Object.values(neverPersonal).flat(),
  ];
  const exists = (full: string): boolean => {
    const [table = "", column = ""] = full.split(".");
    return columnsOf(table).includes(column);
  };
  expect(named.filter((one) => !exists(one))).toEqual([]);
  for (const { table, ofProject, ofRecord } of textTables) {
    const parameters = { project: "prj_1", record: "rec_1" };
    for (const condition of [ofProject, ofRecord ?? "1 = 1"]) {
      const rows = database.raw.prepare(`select rowid from "${table}" where ${condition}`).all(parameters);
      expect(rows).toEqual([]);
    }
  }
});
