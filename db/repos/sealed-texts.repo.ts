import "server-only";
import type { Database } from "../client";

/** Every column that holds a sealed text; a test holds this list to the schema. */
export const SEALED_COLUMNS = [
  { table: "connections", key: "id", column: "sealed_key", what: "key of the connection", name: "name" },
  {
    table: "connections",
    key: "id",
    column: "sealed_headers",
    what: "headers of the connection",
    name: "name",
  },
  {
    table: "target_versions",
    key: "id",
    column: "sealed_headers",
    what: "headers of the agent",
    name: "target_id",
  },
  { table: "webhooks", key: "id", column: "sealed_secret", what: "secret of the webhook to", name: "url" },
  {
    table: "mlflow_links",
    key: "project_id",
    column: "sealed_token",
    what: "token of MLflow at",
    name: "url",
  },
] as const;

/** One sealed text, wherever it stands. */
export interface SealedText {
  place: (typeof SEALED_COLUMNS)[number];
  id: string;
  /** What it belongs to, as people know it. */
  of: string;
  sealed: string;
}

/** All sealed texts at once, for a change of the key. Removed and archived rows too: history is opened as well. */
export class SealedTextsRepo {
  constructor(private readonly database: Database) {}

  list(): SealedText[] {
    return SEALED_COLUMNS.flatMap((place) => {
      const { table, key, column, name } = place;
      const query = `select ${key} as id, ${name} as "of", ${column} as sealed from ${table} where ${column} is not null order by 1`;
      const rows = this.database.raw.prepare(query).all() as Omit<SealedText, "place">[];
      return rows.map((row) => ({ ...row, place }));
    });
  }

  replace({ place, id }: SealedText, sealed: string): void {
    const statement = `update ${place.table} set ${place.column} = ? where ${place.key} = ?`;
    this.database.raw.prepare(statement).run(sealed, id);
  }

  /** From now on, what is replaced is overwritten in the file instead of left in a free page. */
  overwriteFreed(): void {
    this.database.raw.pragma("secure_delete = ON");
  }
}
