import Sqlite from "better-sqlite3";
import { eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withStatementCache } from "./statement-cache";

const notes = sqliteTable("notes", { id: integer("id").primaryKey(), words: text("words").notNull() });

let raw: Sqlite.Database;
let prepared: string[];
beforeEach(() => {
  raw = new Sqlite(":memory:");
  raw.exec("create table notes (id integer primary key, words text not null)");
  prepared = [];
  const { prepare } = raw;
  raw.prepare = function counted(this: Sqlite.Database, source: string) {
    prepared.push(source);
    return prepare.call(this, source);
  } as typeof raw.prepare;
});
afterEach(() => raw.close());

const open = () => drizzle({ client: withStatementCache(raw) });

describe("prepared statements", () => {
  it("are used again, with other values", () => {
    const db = open();
    for (const words of ["a", "b", "c"]) db.insert(notes).values({ words }).run();
    const read = (id: number) => db.select().from(notes).where(eq(notes.id, id)).all();
    expect([read(1), read(3), read(9)]).toEqual([[{ id: 1, words: "a" }], [{ id: 3, words: "c" }], []]);
    expect(prepared).toHaveLength(2);
  });

  it("give rows as objects or arrays, as each use wants them", () => {
    const db = open();
    db.insert(notes).values({ words: "a" }).run();
    const { sql: same } = db.select().from(notes).toSQL();
    const built = () => db.select().from(notes).all();
    const written = () => db.all(sql.raw(same));
    const rows = [{ id: 1, words: "a" }];
    expect([built(), written(), built(), written()]).toEqual([rows, rows, rows, rows]);
    expect(prepared.filter((text) => text === same)).toHaveLength(1);
  });

  it("outlive a change of the schema, a transaction that is taken back, and the file written anew", () => {
    const db = open();
    const all = () => db.all(sql.raw("select * from notes"));
    db.insert(notes).values({ words: "a" }).run();
    expect(all()).toEqual([{ id: 1, words: "a" }]);
    raw.exec("alter table notes add column more text");
    expect(all()).toEqual([{ id: 1, words: "a", more: null }]);
    const undone = raw.transaction(() => {
      db.insert(notes).values({ words: "b" }).run();
      throw new Error("no");
    });
    expect(() => undone()).toThrow("no");
    raw.exec("vacuum");
    expect(all()).toHaveLength(1);
  });

  it("of many different texts are not all kept", () => {
    const db = open();
    for (let count = 0; count < 500; count++) db.all(sql.raw(`select ${count}`));
    db.all(sql.raw("select 0"));
    db.all(sql.raw("select 499"));
    expect(prepared.filter((text) => text === "select 0")).toHaveLength(2);
    expect(prepared.filter((text) => text === "select 499")).toHaveLength(1);
  });
});
