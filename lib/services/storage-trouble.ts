import "server-only";
import { AppError } from "@/lib/contracts/errors";

/**
 * What an error of SQLite means to whoever asked: the database is held by something else, or there is no room. In both
 * cases the transaction was rolled back whole, so nothing half is stored. Null = no such error.
 */
export function storageRefusalOf(error: unknown): AppError | null {
  const code = codeOf(error) ?? codeOf((error as { cause?: unknown } | null)?.cause);
  if (code === null) return null;
  if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) {
    const detail =
      "The database is held by another program (a copy, a virus scanner). Nothing was saved; try again in a moment.";
    return new AppError("database-busy", detail, { cause: error, extra: { retryAfterSeconds: 5 } });
  }
  if (code === "SQLITE_FULL" || code.startsWith("SQLITE_IOERR")) {
    const detail =
      "There is no room left where the data is kept. Nothing was saved, and nothing that was there is lost. Whoever runs this server can make room; then try again.";
    return new AppError("storage-full", detail, { cause: error });
  }
  return null;
}

function codeOf(error: unknown): string | null {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === "string" && code.startsWith("SQLITE_") ? code : null;
}
