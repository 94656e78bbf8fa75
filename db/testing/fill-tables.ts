import type { Database } from "../client";
import { neverOfProject } from "../purge/project-rows";

interface Column {
  name: string;
  type: string;
  notnull: number;
  pk: number;
}

interface Table {
  table: string;
  columns: Column[];
  /** The table that a column's value is the key of. */
  parents: Map<string, string>;
}

/** Columns that name a row of another table without a key of the schema. */
const UNKEYED: Readonly<Record<string, string>> = {
  "session.link_id": "personal_links",
  "idempotency_keys.actor_id": "api_keys",
  "audit_log.project_id": "projects",
};

/** Tables whose keys go in a circle; this key is left empty. */
const OPEN: readonly string[] = ["reviews.promoted_version_id", "labels.set_aside_by"];

/** Words of columns that the schema itself checks. */
const CHECKED: Readonly<Record<string, string>> = { "records.set": "practice" };

/** Every table of the schema, without those of the search index and of the migrations. */
export function tablesOf({ raw }: Database): Table[] {
  const names = raw
    .prepare(
      "select name from sqlite_master where type = 'table' and name not like 'sqlite%' and name not like 'record_search%' and name not like '%drizzle%'",
    )
    .pluck()
    .all() as string[];
  return names.map((table) => {
    const keys = raw
      .prepare('select "from", "table" as parent from pragma_foreign_key_list(?)')
      .all(table) as {
      from: string;
      parent: string;
    }[];
    const unkeyed = Object.entries(UNKEYED).flatMap(([full, parent]) => {
      const [name, column] = full.split(".");
      return name === table && column !== undefined ? [[column, parent] as const] : [];
    });
    return {
      table,
      columns: raw
        .prepare('select name, type, "notnull", pk from pragma_table_info(?)')
        .all(table) as Column[],
      parents: new Map([...keys.map(({ from, parent }) => [from, parent] as const), ...unkeyed]),
    };
  });
}

/** Some rows in each table of the server and its people. */
export function fillServer(database: Database): void {
  for (const table of neverOfProject)
    for (const found of tablesOf(database).filter((one) => one.table === table))
      insert(database, found, "server", 5);
}

/**
 * A project `word` with so many rows (5 at most) in every other table of the schema, found by reading it: each key names
 * a row of the same project, and every text of its own holds `word`.
 */
export function fillProject(database: Database, word: string, rows: number): void {
  const all = tablesOf(database);
  const isFilled = ({ table }: Table): boolean =>
    database.raw
      .prepare(`select 1 from "${table}" where rowid in (select rowid from "${table}" limit 1)`)
      .get() !== undefined;
  const done = new Set(neverOfProject);
  let waiting = all.filter(({ table }) => !done.has(table));
  while (waiting.length > 0) {
    const next = waiting.find(({ table, parents }) =>
      [...parents].every(
        ([column, parent]) => parent === table || done.has(parent) || OPEN.includes(`${table}.${column}`),
      ),
    );
    if (next === undefined)
      throw new Error(`keys in a circle: ${waiting.map(({ table }) => table).join(", ")}`);
    insert(database, next, word, next.table === "projects" ? 1 : rows);
    if (!isFilled(next)) throw new Error(`no row could be written into ${next.table}`);
    done.add(next.table);
    waiting = waiting.filter((table) => table !== next);
  }
}

/** Rows that a key of the table (one row a project) forbids are left out. */
function insert({ raw }: Database, table: Table, word: string, rows: number): void {
  const names = table.columns.map(({ name }) => `"${name}"`).join(", ");
  const into = raw.prepare(
    `insert or ignore into "${table.table}" (${names}) values (${table.columns.map(() => "?").join(", ")})`,
  );
  for (let row = 0; row < rows; row++)
    into.run(...table.columns.map((column) => cellOf(raw, table, column, word, row)));
}

function cellOf(
  raw: Database["raw"],
  { table, parents }: Table,
  { name, type, pk, notnull }: Column,
  word: string,
  row: number,
): string | number | null {
  const full = `${table}.${name}`;
  const parent = parents.get(name);
  if (OPEN.includes(full) || (parent === table && pk === 0)) return null;
  if (parent !== undefined) {
    const ids = raw.prepare(`select id from "${parent}" where instr(id, ?) > 0 order by id`).pluck();
    const keys = [...ids.all(word), ...ids.all("server")] as string[];
    return keys[row] ?? keys[0] ?? null;
  }
  if (full in CHECKED) return CHECKED[full] ?? null;
  if (name === "id") return table === "projects" ? word : `${table.slice(0, 3)}_${word}0000000${row}`;
  if (type === "TEXT") return `${word} ${full} ${row}`;
  return pk === 0 && notnull === 0 ? null : pk > 0 && table === "record_texts" ? null : row + 1;
}
