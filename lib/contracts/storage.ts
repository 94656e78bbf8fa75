import { z } from "zod";

/** What the data folder holds, for whoever keeps the server. Sizes in bytes. */
export const storageSchema = z.object({
  file: z.object({
    bytes: z.number(),
    walBytes: z.number(),
    /** Pages inside the file that hold nothing any more; writing it anew gives them back. */
    emptyBytes: z.number(),
    freeBytes: z.number().nullable(),
  }),
  /** Largest first, indexes included. */
  tables: z.array(
    z.object({
      table: z.string(),
      /** What its rows are, in words. */
      what: z.string(),
      bytes: z.number(),
      rows: z.number().int(),
      /** Rows that were added in the last seven days. */
      rowsThisWeek: z.number().int(),
    }),
  ),
  /** At the pace of the last seven days, in the table's own bytes a row; null when nothing was added. */
  growthBytesAWeek: z.number().nullable(),
  /** The newest backup made by `npm run backup`; null = none is known. */
  lastBackupAt: z.number().nullable(),
  /** Erasures after which the file could not be written anew. */
  unfinishedErasures: z.number().int(),
  /** Deleted projects that are being removed now, with the rows that went so far. */
  removing: z.array(z.object({ rows: z.number().int() })),
  secondsToCompact: z.number(),
});
export type StorageView = z.infer<typeof storageSchema>;
