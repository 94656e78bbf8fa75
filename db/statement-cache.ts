import type Sqlite from "better-sqlite3";

/** Texts of queries that a busy server asks again and again; those of bulk inserts differ with each count of rows. */
const MOST = 400;
const LONGEST = 6_000;

/**
 * The database as the query builder sees it, with prepared statements used again: preparing took a tenth of a busy
 * server's time. The builder runs a statement in the same turn in which it prepares it, so a statement is never shared;
 * it switches statements to rows as arrays, which is taken back at each use.
 */
export function withStatementCache(raw: Sqlite.Database): Sqlite.Database {
  const kept = new Map<string, Sqlite.Statement>();
  const prepare = (text: string): Sqlite.Statement => {
    const known = kept.get(text);
    if (known) {
      // Last in the order of a map: used last.
      kept.delete(text);
      kept.set(text, known);
      return known.reader ? known.raw(false) : known;
    }
    const statement = raw.prepare(text);
    if (text.length > LONGEST) return statement;
    kept.set(text, statement);
    const [oldest] = kept.keys();
    if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
    return statement;
  };
  return new Proxy(raw, {
    get: (target, name) => {
      if (name === "prepare") return prepare;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
