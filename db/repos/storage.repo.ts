import "server-only";
import { statfsSync, statSync } from "node:fs";
import type { Database } from "../client";

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
