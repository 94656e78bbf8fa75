import "server-only";
import type { Database } from "../client";
import { OF_PROJECT, type ProjectRows, projectRows } from "../purge/project-rows";

/** Rows at a time that others may hang on. */
const PARENTS = 50;
/** Pages of the search index that are merged at a time. */
const MERGE_PAGES = 100;

interface Guard {
  name: string;
  tableName: string;
  sql: string;
}

/**
 * Deletes projects for good: with *Erase text* the one place that takes history away. Triggers that forbid it elsewhere
 * are lifted inside a step's own transaction and are back before it commits.
 */
export class PurgeRepo {
  constructor(private readonly database: Database) {}

  /** Deleted by a person and not gone yet, the oldest first. */
  waiting(): string[] {
    return this.database.raw
      .prepare("select id from projects where deleted_at is not null order by deleted_at, id")
      .pluck()
      .all() as string[];
  }

  /** How much there is of what people know by name. */
  counts(
    projectId: string,
  ): Record<"records" | "answers" | "labels" | "runs" | "reviews" | "promptVersions", number> {
    const count = (table: string, ofProject = OF_PROJECT): number =>
      Number(
        this.database.raw
          .prepare(`select count(*) from "${table}" where ${ofProject}`)
          .pluck()
          .get({ project: projectId }),
      );
    return {
      records: count("records"),
      answers: count("traces"),
      labels: count("labels"),
      runs: count("runs"),
      reviews: count("reviews"),
      promptVersions: count("prompt_versions", `prompt_id in (select id from prompts where ${OF_PROJECT})`),
    };
  }

  /** How many kinds of rows there are; each is deleted step by step. */
  get kinds(): number {
    return projectRows.length;
  }

  /**
   * One step: deletes at most so many rows of one kind, with what hangs on them.
   * @returns how many; 0 = there is none left of this kind
   */
  step(projectId: string, kind: number, limit: number): number {
    const rows = projectRows[kind];
    if (rows === undefined) return 0;
    const tables = [rows.table, ...(rows.with ?? []).map(([table]) => table)];
    return this.unguarded(tables, () => this.deleteSome(rows, projectId, limit));
  }

  /**
   * The project itself, when nothing of it is left. The keys of the schema are checked, so a row that was forgotten
   * keeps it, with an error.
   */
  finish(projectId: string): void {
    this.database.raw.prepare("delete from projects where id = ? and deleted_at is not null").run(projectId);
  }

  /** Answers kept for repeated requests that name anything of the project. Before its rows go. */
  forgetAnswers(projectId: string): number {
    const { raw, transaction } = this.database;
    return transaction(() => {
      const answers = raw
        .prepare("select rowid, response from idempotency_keys where response is not null")
        .all() as { rowid: number; response: string }[];
      const named = new Map(answers.map(({ rowid, response }) => [rowid, idsIn(response)]));
      const ours = this.idsOf(projectId, [...new Set([...named.values()].flat())]);
      const forget = raw.prepare("delete from idempotency_keys where rowid = ?");
      const gone = [...named].filter(([, ids]) => ids.some((id) => id === projectId || ours.has(id)));
      for (const [rowid] of gone) forget.run(rowid);
      return gone.length;
    });
  }

  /**
   * Merges a part of the search index, which keeps words of deleted entries until its parts are merged.
   * @param isFirst begins a merge of all of it
   * @returns whether there is more to merge
   */
  mergeSearch(isFirst: boolean): boolean {
    const { raw } = this.database;
    const changes = (): number => Number(raw.prepare("select total_changes()").pluck().get());
    const before = changes();
    raw
      .prepare("insert into record_search(record_search, rank) values ('merge', ?)")
      .run(isFirst ? -MERGE_PAGES : MERGE_PAGES);
    return changes() - before >= 2;
  }

  /** Empties the write-ahead log, which still holds what the pages held before. */
  checkpoint(): void {
    this.database.checkpoint();
  }

  private deleteSome(rows: ProjectRows, projectId: string, limit: number): number {
    const { raw } = this.database;
    const { table, ofProject, key = "id", with: hanging = [] } = rows;
    const isAlone = hanging.length === 0;
    const parents = raw
      .prepare(
        `select rowid${isAlone ? "" : `, ${key} as parent`} from "${table}" where ${ofProject} limit :limit`,
      )
      .all({ project: projectId, limit: isAlone ? limit : Math.min(limit, PARENTS) }) as {
      rowid: number;
      parent?: string;
    }[];
    const keys = JSON.stringify(parents.map(({ parent }) => parent));
    let left = limit;
    for (const [child, column] of hanging) {
      left -= raw
        .prepare(
          `delete from "${child}" where rowid in
            (select rowid from "${child}" where ${column} in (select value from json_each(?)) limit ?)`,
        )
        .run(keys, left).changes;
      // there may be more of it: the rows that it hangs on wait for the next step
      if (left <= 0) return limit;
    }
    const rowids = JSON.stringify(parents.map(({ rowid }) => rowid));
    raw.prepare(`delete from "${table}" where rowid in (select value from json_each(?))`).run(rowids);
    return limit - left + parents.length;
  }

  /** Those of the ids that are rows of the project. */
  private idsOf(projectId: string, ids: readonly string[]): Set<string> {
    const { raw } = this.database;
    const tables = projectRows.filter(
      ({ table, ofProject }) => ofProject === OF_PROJECT && this.hasId(table),
    );
    const found = tables.flatMap(
      ({ table }) =>
        raw
          .prepare(
            `select id from "${table}" where id in (select value from json_each(:ids)) and project_id = :project`,
          )
          .pluck()
          .all({ ids: JSON.stringify(ids), project: projectId }) as string[],
    );
    return new Set(found);
  }

  private hasId(table: string): boolean {
    return (
      this.database.raw.prepare("select 1 from pragma_table_info(?) where name = 'id'").get(table) !==
      undefined
    );
  }

  /**
   * Keys of the schema are not checked meanwhile: for each row that goes, SQLite would read whole tables of others that
   * have no index by it. The order of `projectRows` keeps them, and `finish` checks them. What is deleted is overwritten
   * in the file. The switches can only be set outside of a transaction; between them nothing else runs.
   */
  private unguarded(tables: readonly string[], work: () => number): number {
    const { raw, transaction } = this.database;
    raw.pragma("foreign_keys = OFF");
    raw.pragma("secure_delete = ON");
    try {
      return transaction(() => {
        const guards = this.guards().filter(({ tableName }) => tables.includes(tableName));
        for (const { name } of guards) raw.exec(`drop trigger "${name}"`);
        const changes = work();
        for (const { sql } of guards) raw.exec(sql);
        return changes;
      });
    } finally {
      raw.pragma("foreign_keys = ON");
      raw.pragma("secure_delete = OFF");
    }
  }

  private guards(): Guard[] {
    return this.database.raw
      .prepare(
        "select name, tbl_name as tableName, sql from sqlite_master where type = 'trigger' and sql like '%BEFORE DELETE%raise(ABORT%'",
      )
      .all() as Guard[];
  }
}

/** What looks like an id of this program. */
function idsIn(json: string): string[] {
  return [...new Set(json.match(/\b[a-z]{2,5}_[0-9A-Za-z]{8,}\b/g) ?? [])];
}
