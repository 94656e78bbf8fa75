import { existsSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "./client";
import { copyDatabase, inspectCopy, newestKnownMigration, openToRead, UnusableCopyError } from "./copy";

let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "touchstone-copy-"));
  file = path.join(folder, "touchstone.db");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("copyDatabase", () => {
  it("copies what is committed, the write-ahead log included, while the owner goes on writing", async () => {
    const owner = openDatabase(file);
    owner.raw.exec("create table t (a text)");
    const insert = owner.raw.prepare("insert into t values (?)");
    for (let row = 0; row < 2_000; row++) insert.run("x".repeat(500));
    let isDone = false;
    const copying = copyDatabase(file, path.join(folder, "copy.db")).finally(() => {
      isDone = true;
    });
    let written = 2_000;
    while (!isDone) {
      insert.run("later");
      written += 1;
      await new Promise(setImmediate);
    }
    const facts = await copying;
    owner.close();
    const copy = new Sqlite(path.join(folder, "copy.db"), { readonly: true });
    const rows = copy.prepare("select count(*) from t").pluck().get() as number;
    copy.close();
    expect(rows).toBeGreaterThanOrEqual(2_000);
    expect(rows).toBeLessThanOrEqual(written);
    expect(facts).toEqual({
      bytes: statSync(path.join(folder, "copy.db")).size,
      schemaAt: newestKnownMigration(),
    });
  });

  it("leaves one file that only its owner reads, and no half of one", async () => {
    openDatabase(file).close();
    const copy = path.join(folder, "copy.db");
    await copyDatabase(file, copy);
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    expect(
      ["copy.db-wal", "copy.db-shm", "copy.db.partial"].filter((name) => existsSync(path.join(folder, name))),
    ).toEqual([]);
  });

  it("fails without a trace when there is no database", async () => {
    await expect(copyDatabase(file, path.join(folder, "copy.db"))).rejects.toThrow("unable to open");
    expect([file, path.join(folder, "copy.db")].some((name) => existsSync(name))).toBe(false);
  });
});

describe("inspectCopy", () => {
  it("refuses a damaged file, another program's database and what is no database", () => {
    const database = openDatabase(file);
    database.raw.exec("create table t (a text)");
    for (let row = 0; row < 500; row++) database.raw.prepare("insert into t values (?)").run("x".repeat(500));
    database.close();
    truncateSync(file, Math.floor(statSync(file).size / 2 / 4096) * 4096);
    expect(() => inspectCopy(file)).toThrow(UnusableCopyError);

    const other = path.join(folder, "other.db");
    const raw = new Sqlite(other);
    raw.exec("create table t (a)");
    raw.close();
    expect(() => inspectCopy(other)).toThrow("not one of Touchstone");

    const note = path.join(folder, "note.txt");
    writeFileSync(note, "no database ".repeat(1_000));
    expect(() => inspectCopy(note)).toThrow(UnusableCopyError);
  });
});

describe("openToRead", () => {
  it("reads beside the owner and cannot write", () => {
    const owner = openDatabase(file);
    const reader = openToRead(file);
    expect(reader.raw.prepare("select count(*) from jobs").pluck().get()).toBe(0);
    expect(() => reader.raw.exec("create table t (a)")).toThrow("readonly");
    reader.close();
    owner.close();
  });
});
