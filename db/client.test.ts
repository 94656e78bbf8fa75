import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "./client";
import { openTestDb } from "./test-db";

const migrationsFolder = path.join(import.meta.dirname, "migrations");
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "touchstone-db-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("openDatabase", () => {
  it("sets the pragmas that durability rests on, and migrates once", () => {
    const file = path.join(folder, "deep/app.db");
    const first = openDatabase(file, { migrationsFolder });
    expect(first.raw.pragma("journal_mode", { simple: true })).toBe("wal");
    expect(first.raw.pragma("synchronous", { simple: true })).toBe(2);
    expect(first.raw.pragma("foreign_keys", { simple: true })).toBe(1);
    expect(first.raw.pragma("busy_timeout", { simple: true })).toBe(5000);
    first.close();
    const again = openDatabase(file, { migrationsFolder });
    expect(again.raw.pragma("integrity_check", { simple: true })).toBe("ok");
    again.close();
    again.close();
  });

  it("checkpoint empties the write-ahead log", () => {
    const file = path.join(folder, "app.db");
    const database = openDatabase(file, { migrationsFolder });
    database.raw.exec("create table t (a); insert into t values (1);");
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
    database.checkpoint();
    expect(statSync(`${file}-wal`).size).toBe(0);
    database.close();
  });

  it("gives every table a created_at", () => {
    const { raw } = openTestDb();
    const tables = raw
      .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite%'")
      .all() as { name: string }[];
    const without = tables
      .map(({ name }) => name)
      .filter((name) => !name.startsWith("record_search") && !name.startsWith("__drizzle"))
      .filter(
        (name) =>
          !(raw.pragma(`table_info("${name}")`) as { name: string }[]).some(
            (column) => column.name === "created_at",
          ),
      );
    expect(without).toEqual([]);
  });

  it("transaction: all or nothing, and one inside another is a savepoint", () => {
    const { raw, transaction } = openTestDb();
    raw.exec("create table t (a)");
    const count = () => raw.prepare("select count(*) from t").pluck().get();
    const insert = () => raw.exec("insert into t values (1)");
    expect(() =>
      transaction(() => {
        insert();
        throw new Error("no");
      }),
    ).toThrow("no");
    expect(count()).toBe(0);
    transaction(() => {
      insert();
      expect(() =>
        transaction(() => {
          insert();
          throw new Error("inner");
        }),
      ).toThrow("inner");
    });
    expect(count()).toBe(1);
  });
});
