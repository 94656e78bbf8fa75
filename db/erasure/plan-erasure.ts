import type Sqlite from "better-sqlite3";
import { ERASED_TEXT } from "@/lib/contracts/erasure";
import { reflectionsOn } from "./reflections";
import { assertReadable } from "./stored-columns";
import { type TextTable, textTables } from "./text-tables";
import { replaceInTexts, wipeTexts, wipeTextsAbout, wipeTextsWith } from "./wipe-json";
import { lineStarts, rawWordPattern, wordPattern } from "./word-pattern";

/** One cell that loses text. */
export interface CellChange {
  table: string;
  rowid: number;
  column: string;
  value: string | null;
}

export interface ErasePlan {
  changes: CellChange[];
  /** Rows that change, by what they are, in the order of the registry. */
  counts: { what: string; rows: number }[];
  /** The same words in rows that this act leaves alone. */
  elsewhere: { what: string; rows: number }[];
}

type Cells = Readonly<Record<string, string | null>>;
type Change = (table: TextTable, cells: Cells) => Record<string, string | null>;

/** What goes when these words are erased wherever they stand in the project. */
export function planWords(raw: Sqlite.Database, projectId: string, words: string): ErasePlan {
  const pattern = wordPattern(words);
  const rough = rawWordPattern(words);
  const change: Change = (table, cells) =>
    eachText(table, cells, (form, text) => {
      if (!rough.test(text)) return text;
      if (form === "name") return pattern.test(text) ? null : text;
      return form === "text"
        ? text.replace(pattern, ERASED_TEXT)
        : insideJson(text, (value) => replaceInTexts(value, pattern, table.codes));
    });
  const changes = textTables.flatMap((table) =>
    changesOf(raw, table, table.ofProject, { project: projectId }, change),
  );
  return { changes, counts: countRows(changes), elsewhere: [] };
}

/** What goes when everything that is told of one record is erased. */
export function planRecord(raw: Sqlite.Database, projectId: string, recordId: string): ErasePlan {
  const facts = factsOf(raw, projectId, recordId);
  const parameters = { project: projectId, record: recordId };
  const changes = textTables.flatMap((table) => [
    ...(table.ofRecord
      ? changesOf(raw, table, `(${table.ofProject}) and ${table.ofRecord}`, parameters, wipeRow)
      : []),
    ...(table.onRecord ? changesOf(raw, table, table.ofProject, parameters, inOthers(facts)) : []),
  ]);
  return { changes, counts: countRows(changes), elsewhere: elsewhere(raw, projectId, facts, changes) };
}

interface RecordFacts {
  /** The record's id and those of its answers and labels. */
  ids: ReadonlySet<string>;
  idPattern: RegExp;
  hasLine(text: string): boolean;
  /** In stored JSON. */
  hasRawLine(text: string): boolean;
  /** A stored reflection that was shown it. */
  isReflectionOn(cells: Cells): boolean;
  /** Lines that people wrote for it, without the answers'. */
  hasOwnRawLine(text: string): boolean;
}

function factsOf(raw: Sqlite.Database, projectId: string, recordId: string): RecordFacts {
  const pluck = (sql: string): string[] => raw.prepare(sql).pluck().all(recordId) as string[];
  const ids = new Set([
    recordId,
    ...pluck("select id from traces where record_id = ?"),
    ...pluck("select id from labels where record_id = ?"),
  ]);
  const written = ["records", "record_revisions", "labels"];
  const answered = ["traces", "rollouts", "trace_verdicts"];
  const textsOf = (names: readonly string[]): string[] =>
    textTables
      .filter(({ table }) => names.includes(table))
      .flatMap((table) => textsOfRecord(raw, table, { project: projectId, record: recordId }));
  const ownTexts = textsOf(written);
  const own = lineStarts(ownTexts);
  const all = [...new Set([...own, ...lineStarts(textsOf(answered))])];
  const plain = all.map((line) => JSON.parse(`"${line}"`) as string);
  return {
    ids,
    idPattern: new RegExp([...ids].map((id) => id.replace(/[^\w]/g, "\\$&")).join("|")),
    hasLine: (text) => plain.some((line) => text.includes(line)),
    hasRawLine: (text) => all.some((line) => text.includes(line)),
    isReflectionOn: reflectionsOn(raw, recordId, ownTexts),
    hasOwnRawLine: (text) => own.some((line) => text.includes(line)),
  };
}

function textsOfRecord(raw: Sqlite.Database, table: TextTable, parameters: object): string[] {
  const texts: string[] = [];
  for (const { cells } of rowsOf(raw, table, `(${table.ofProject}) and ${table.ofRecord}`, parameters)) {
    for (const [column, form] of Object.entries(table.columns)) {
      const text = cells[column];
      if (text === null || text === undefined || table.keptByRecord?.includes(column)) continue;
      if (form === "text") texts.push(text);
      else if (form === "json") collectTexts(JSON.parse(text), texts);
    }
  }
  return texts.filter((text) => text !== ERASED_TEXT);
}

function collectTexts(value: unknown, into: string[]): void {
  if (typeof value === "string") into.push(value);
  else if (Array.isArray(value)) for (const member of value) collectTexts(member, into);
  else if (typeof value === "object" && value !== null)
    for (const member of Object.values(value)) collectTexts(member, into);
}

/** A row of the record itself: all its text. */
const wipeRow: Change = (table, cells) =>
  eachText(table, cells, (form, text, column) => {
    if (text === "" || table.keptByRecord?.includes(column)) return text;
    if (form === "name") return null;
    return form === "text" ? ERASED_TEXT : insideJson(text, (value) => wipeTexts(value));
  });

/** Rows of others: what is told of the record inside, and copies of its words. */
function inOthers({ ids, idPattern, hasLine, hasRawLine, isReflectionOn }: RecordFacts): Change {
  return (table, cells) => {
    if (table.table === "paid_calls") {
      // Whoever was sent any of it may have said any of it again: request and reply go whole.
      const isAbout = Object.values(cells).some(
        (text) => text !== null && (idPattern.test(text) || hasRawLine(text)),
      );
      return isAbout || isReflectionOn(cells) ? wipeRow(table, cells) : {};
    }
    return eachText(table, cells, (form, text) => {
      if (!idPattern.test(text) && !hasRawLine(text) && !(form === "text" && hasLine(text))) return text;
      if (form !== "json") return table.onRecord === "copies" && hasLine(text) ? ERASED_TEXT : text;
      return insideJson(text, (value) => {
        const told = wipeTextsAbout(value, ids);
        return table.onRecord === "copies" ? wipeTextsWith(told, hasLine) : told;
      });
    });
  };
}

function elsewhere(
  raw: Sqlite.Database,
  projectId: string,
  { hasOwnRawLine }: RecordFacts,
  changes: readonly CellChange[],
): ErasePlan["elsewhere"] {
  const changed = new Set(changes.map(({ table, rowid }) => `${table}:${rowid}`));
  return textTables.flatMap((table) => {
    let rows = 0;
    for (const { rowid, cells } of rowsOf(raw, table, table.ofProject, { project: projectId })) {
      const holds = Object.values(cells).some((text) => text !== null && hasOwnRawLine(text));
      if (holds && !changed.has(`${table.table}:${rowid}`)) rows += 1;
    }
    return rows === 0 ? [] : [{ what: table.what, rows }];
  });
}

function eachText(
  table: TextTable,
  cells: Cells,
  change: (form: "text" | "json" | "name", text: string, column: string) => string | null,
): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(table.columns).flatMap(([column, form]) => {
      const text = cells[column];
      if (text === null || text === undefined) return [];
      const next = change(form, text, column);
      return next === text ? [] : [[column, next]];
    }),
  );
}

/** Inside the envelope in which JSON is stored; unchanged values give the very same text. */
function insideJson(text: string, change: (value: unknown) => unknown): string {
  const envelope = JSON.parse(text) as { v: number; value: unknown };
  const value = change(envelope.value);
  return JSON.stringify(value) === JSON.stringify(envelope.value)
    ? text
    : JSON.stringify({ ...envelope, value });
}

function changesOf(
  raw: Sqlite.Database,
  table: TextTable,
  condition: string,
  parameters: object,
  change: Change,
): CellChange[] {
  const changes: CellChange[] = [];
  for (const { rowid, cells } of rowsOf(raw, table, condition, parameters)) {
    for (const [column, value] of Object.entries(change(table, cells))) {
      if (value !== null && table.columns[column] === "json") assertReadable(table.table, column, value);
      changes.push({ table: table.table, rowid, column, value });
    }
  }
  return changes;
}

/** One row at a time: calls of a large project do not fit into memory together. */
function* rowsOf(
  raw: Sqlite.Database,
  { table, columns }: TextTable,
  condition: string,
  parameters: object,
): Generator<{ rowid: number; cells: Cells }> {
  const names = Object.keys(columns).map((name) => `"${name}"`);
  // a call's key names its record, its job what a reflection is about
  const more = table === "paid_calls" ? ["call_key", "job_id", "role"] : [];
  const statement = raw.prepare(
    `select rowid as _rowid, ${[...names, ...more].join(", ")} from "${table}" where ${condition}`,
  );
  const used = Object.fromEntries(
    Object.entries(parameters).filter(([name]) => condition.includes(`:${name}`)),
  );
  for (const row of statement.iterate(used)) {
    const { _rowid, ...cells } = row as { _rowid: number } & Record<string, string | null>;
    yield { rowid: _rowid, cells };
  }
}

function countRows(changes: readonly CellChange[]): ErasePlan["counts"] {
  return textTables.flatMap(({ table, what }) => {
    const rows = new Set(changes.filter((one) => one.table === table).map(({ rowid }) => rowid)).size;
    return rows === 0 ? [] : [{ what, rows }];
  });
}
