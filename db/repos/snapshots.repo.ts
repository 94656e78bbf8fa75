import "server-only";
import { and, eq, ne } from "drizzle-orm";
import type { Expectations, RecordInputs } from "@/lib/contracts/records";
import type { RecordSet } from "@/lib/contracts/word-lists";
import { sha256Hex, stableStringify } from "@/lib/util/hash";
import type { Database } from "../client";
import { datasetSnapshotItems, datasetSnapshots, recordRevisions, records } from "../schema/records";

/** A record as it was when a snapshot was taken. */
export interface PinnedRecord {
  recordId: string;
  revision: number;
  set: RecordSet;
  inputs: RecordInputs;
  expectations: Expectations;
  tags: string[];
  critical: boolean;
}

export interface Snapshot {
  id: string;
  projectId: string;
  hash: string;
  createdAt: number;
}

export type SnapshotItem = Pick<PinnedRecord, "recordId" | "revision" | "set">;

export class SnapshotsRepo {
  constructor(private readonly database: Database) {}

  /** The snapshot of exactly these revisions, in this order: the stored one where there is one, else a new one with `id`. */
  create(id: string, projectId: string, items: readonly SnapshotItem[], at: number): Snapshot {
    const { db, transaction } = this.database;
    const hash = sha256Hex(
      stableStringify(items.map(({ recordId, revision, set }) => [recordId, revision, set])),
    );
    return transaction(() => {
      const same = and(eq(datasetSnapshots.projectId, projectId), eq(datasetSnapshots.hash, hash));
      const known = db.select().from(datasetSnapshots).where(same).all()[0];
      if (known) return known;
      const snapshot = { id, projectId, hash, createdAt: at };
      db.insert(datasetSnapshots).values(snapshot).run();
      for (const [position, { recordId, revision, set }] of items.entries()) {
        db.insert(datasetSnapshotItems)
          .values({ snapshotId: id, recordId, revision, set, position, createdAt: at })
          .run();
      }
      return snapshot;
    });
  }

  byId(id: string): Snapshot | null {
    return (
      this.database.db.select().from(datasetSnapshots).where(eq(datasetSnapshots.id, id)).all()[0] ?? null
    );
  }

  /** The frozen records that engine and alignment may read: practice records, never a sealed one. */
  listForEngine(snapshotId: string): PinnedRecord[] {
    return this.read(snapshotId)
      .filter(({ record }) => record.set === "practice")
      .map(({ pinned }) => pinned);
  }

  /** Every frozen record, sealed ones too. For evidence alone. */
  listForEvidence(snapshotId: string): PinnedRecord[] {
    return this.read(snapshotId).map(({ pinned }) => pinned);
  }

  /** Those whose text has changed since, or that were archived. */
  changedSince(snapshotId: string): string[] {
    return this.database.db
      .select({ recordId: datasetSnapshotItems.recordId })
      .from(datasetSnapshotItems)
      .innerJoin(records, eq(records.id, datasetSnapshotItems.recordId))
      .where(
        and(
          eq(datasetSnapshotItems.snapshotId, snapshotId),
          ne(records.revision, datasetSnapshotItems.revision),
        ),
      )
      .all()
      .map(({ recordId }) => recordId);
  }

  private read(snapshotId: string) {
    return this.database.db
      .select({
        record: { set: records.set },
        pinned: {
          recordId: datasetSnapshotItems.recordId,
          revision: datasetSnapshotItems.revision,
          set: datasetSnapshotItems.set,
          inputs: recordRevisions.inputs,
          expectations: recordRevisions.expectations,
          tags: recordRevisions.tags,
          critical: recordRevisions.critical,
        },
      })
      .from(datasetSnapshotItems)
      .innerJoin(records, eq(records.id, datasetSnapshotItems.recordId))
      .innerJoin(
        recordRevisions,
        and(
          eq(recordRevisions.recordId, datasetSnapshotItems.recordId),
          eq(recordRevisions.revision, datasetSnapshotItems.revision),
        ),
      )
      .where(eq(datasetSnapshotItems.snapshotId, snapshotId))
      .orderBy(datasetSnapshotItems.position)
      .all();
  }
}
