import path from "node:path";
import { type Database, openDatabase } from "./client";

/** An empty database in memory, with the real migrations. For tests; close it when done. */
export function openTestDb(): Database {
  return openDatabase(":memory:", { migrationsFolder: path.join(import.meta.dirname, "migrations") });
}
