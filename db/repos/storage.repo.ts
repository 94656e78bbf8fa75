import "server-only";
import { statfsSync, statSync } from "node:fs";
import type { Database } from "../client";
import { textTables } from "../erasure/text-tables";

export interface FileSizes {
  /** The database file; 0 in memory. */
  bytes: number;
  /** The write-ahead log beside it. */
  walBytes: number;
  /** Inside the file, in pages that hold nothing any more. */
  emptyBytes: number;
  /** On the disk that holds it; null where it cannot be told. */
  freeBytes: number | null;
}

export interface TableSize {
  table: string;
  /** What its rows are, in words. */
  what: string;
  /** With its indexes. */
  bytes: number;
  rows: number;
  /** Added since the moment that was asked for. */
  rowsThisWeek: number;
}

const known = new Map(textTables.map(({ table, what }) => [table, what]));

function wordsOf(table: string): string {
  return table === "record_search" ? "index of the search" : (known.get(table) ?? table.replaceAll("_", " "));
}

/** The file itself: how large it is, and writing it anew. */
export class StorageRepo {
  constructor(private readonly database: Database) {}

  sizes(): FileSizes {
    const { raw } = this.database;
    const pragma = (name: string): number => Number(raw.pragma(name, { simple: true }));
    const emptyBytes = pragma("freelist_count") * pragma("page_size");
    if (raw.memory)
      return { bytes: pragma("page_count") * pragma("page_size"), walBytes: 0, emptyBytes, freeBytes: null };
    const wal = statSync(`${raw.name}-wal`, { throwIfNoEntry: false });
    const disk = statfsSync(raw.name);
    return {
      bytes: statSync(raw.name).size,
      walBytes: wal?.size ?? 0,
      emptyBytes,
      freeBytes: disk.bavail * disk.bsize,
    };
  }

  /** Each table with its indexes, largest first. Reads every page of the file once. */
  tables(since: number): TableSize[] {
    const { raw } = this.database;
    const sizes = raw
      .prepare(
        `select case when m.tbl_name like 'record\\_search%' escape '\\' then 'record_search' else m.tbl_name end as name,
          sum(s.pgsize) as bytes
        from dbstat s join sqlite_master m on m.name = s.name where s.aggregate = true group by 1 order by 2 desc`,
      )
      .all() as { name: string; bytes: number }[];
    return sizes.map(({ name, bytes }) => ({
      table: name,
      what: wordsOf(name),
      bytes,
      rows: this.count(name, null),
      rowsThisWeek: this.count(name, since),
    }));
  }

  private count(table: string, since: number | null): number {
    const { raw } = this.database;
    const hasTime = raw
      .prepare("select count(*) from pragma_table_info(?) where name = 'created_at'")
      .pluck()
      .get(table);
    if (since !== null && !hasTime) return 0;
    const statement = `select count(*) from "${table}"${since === null ? "" : " where created_at >= ?"}`;
    return Number(
      raw
        .prepare(statement)
        .pluck()
        .get(...(since === null ? [] : [since])),
    );
  }

  /**
   * Writes the whole file anew, without deleted pages, and empties the write-ahead log: what was overwritten or deleted
   * is nowhere in it afterwards. Nothing else is done meanwhile; needs about the file's size in free space.
   */
  compact(): void {
    const { raw, checkpoint } = this.database;
    // The index keeps words of deleted entries until its parts are merged.
    raw.exec("insert into record_search(record_search) values ('rebuild')");
    raw.exec("vacuum");
    checkpoint();
  }
}
