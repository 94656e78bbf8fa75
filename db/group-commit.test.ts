import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Database } from "./client";
import { GroupCommit } from "./group-commit";
import { openTestDb } from "./test-db";

describe("group commit", () => {
  let database: Database;
  let commits: GroupCommit;
  const write = (name: string) => () => void database.db.run(sql`insert into notes (name) values (${name})`);
  const stored = () => database.db.all<{ name: string }>(sql`select name from notes`).map(({ name }) => name);

  beforeEach(() => {
    database = openTestDb();
    database.db.run(sql`create table notes (name text primary key)`);
    commits = new GroupCommit(database);
  });
  afterEach(() => database.close());

  it("writes what comes in one turn with one transaction, in order, and tells afterwards", async () => {
    const transaction = vi.spyOn(database.raw, "transaction");
    const told: string[] = [];
    const all = ["a", "b", "c"].map((name) =>
      commits.run(write(name)).then(() => {
        expect(database.raw.inTransaction).toBe(false);
        told.push(name);
      }),
    );
    expect(stored()).toEqual([]);
    await Promise.all(all);
    expect(stored()).toEqual(["a", "b", "c"]);
    expect(told).toEqual(["a", "b", "c"]);
    // One round the whole, and a savepoint each.
    expect(transaction).toHaveBeenCalledTimes(4);
  });

  it("a part that fails keeps nothing and hurts nobody else", async () => {
    const failing = commits.run(() => {
      write("half")();
      throw new Error("no");
    });
    const good = commits.run(() => {
      write("good")();
      return 7;
    });
    await expect(failing).rejects.toThrow("no");
    expect(await good).toBe(7);
    expect(stored()).toEqual(["good"]);
  });

  it("when the commit itself fails all are told, and nothing is kept", async () => {
    vi.spyOn(database, "transaction").mockImplementationOnce(() => {
      throw new Error("disk full");
    });
    const both = [commits.run(write("a")), commits.run(write("b"))];
    for (const one of await Promise.allSettled(both)) expect(one.status).toBe("rejected");
    expect(stored()).toEqual([]);
    await commits.run(write("c"));
    expect(stored()).toEqual(["c"]);
  });
});
