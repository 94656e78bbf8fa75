import "server-only";
import { and, desc, eq, isNotNull, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { ERASED_TEXT } from "@/lib/contracts/erasure";
import type { stepSchema } from "@/lib/contracts/evaluations";
import type { Database } from "../client";
import type { StoredVerdict } from "../formats";
import { type rolloutOwnerKinds, rollouts } from "../schema/rollouts";
import { written } from "./common";

export interface RolloutOwner {
  kind: (typeof rolloutOwnerKinds)[number];
  id: string;
}

/** One text on one record, judged. A score is a number or the rollout failed. */
export interface StoredRollout {
  id: string;
  owner: RolloutOwner;
  /** Of evidence the side: `baseline` or `candidate`. */
  candidateId: string;
  recordId: string;
  sample: number;
  purpose: string;
  outputKey: string;
  /** Null when there was no output to judge. */
  verdictKey: string | null;
  status: "scored" | "failed";
  output: string | null;
  steps: z.infer<typeof stepSchema>[];
  verdicts: StoredVerdict[];
  /** 0..1; null exactly when failed. */
  score: number | null;
  objectives: Record<string, number>;
  feedback: string;
  cause: string | null;
  /** The task call was answered: a metric call, even when failed. */
  answered: boolean;
  /** False when a memo answered. */
  paid: boolean;
  simulated: boolean;
  costUsd: number | null;
  latencyMs: number | null;
  inputTokens: number | null;
  outputTokens: number | null;
  createdAt: number;
}

/** What is asked for: of an owner, a candidate on a record, one reading. */
export type RolloutKey = Pick<StoredRollout, "owner" | "candidateId" | "recordId" | "sample">;

export class RolloutsRepo {
  constructor(private readonly database: Database) {}

  /** Stores a rollout; when this reading is there already (a replay), the stored one is given back. */
  insert({ owner, ...rollout }: StoredRollout): StoredRollout {
    const values = { ...rollout, ownerKind: owner.kind, ownerId: owner.id };
    this.database.db.insert(rollouts).values(values).onConflictDoNothing().run();
    return written(this.find({ owner, ...rollout }));
  }

  /** The stored reading, failed ones too: asked again, it answers the same. */
  find({ owner, candidateId, recordId, sample }: RolloutKey): StoredRollout | null {
    const asked = and(
      ofOwner(owner),
      eq(rollouts.candidateId, candidateId),
      eq(rollouts.recordId, recordId),
      eq(rollouts.sample, sample),
    );
    return this.select(asked)[0] ?? null;
  }

  /** Across runs: the same output under the same judges. Failures are never given. */
  findMemo(outputKey: string, verdictKey: string): StoredRollout | null {
    const filter = and(
      eq(rollouts.outputKey, outputKey),
      eq(rollouts.verdictKey, verdictKey),
      eq(rollouts.status, "scored"),
      isWhole,
    );
    return this.select(filter, 1)[0] ?? null;
  }

  /** Across runs: the newest answer to the same request, whoever judged it; it may have failed at the judge. */
  findOutput(outputKey: string): StoredRollout | null {
    return (
      this.select(and(eq(rollouts.outputKey, outputKey), isNotNull(rollouts.output), isWhole), 1)[0] ?? null
    );
  }

  /** Across runs: every graded answer to the same request, newest first. */
  listAnswered(outputKey: string): StoredRollout[] {
    return this.select(and(eq(rollouts.outputKey, outputKey), eq(rollouts.status, "scored"), isWhole));
  }

  byId(id: string): StoredRollout | null {
    return this.select(eq(rollouts.id, id))[0] ?? null;
  }

  /** Oldest first. */
  listByOwner(owner: RolloutOwner): StoredRollout[] {
    return this.select(ofOwner(owner)).reverse();
  }

  /** Every reading of a candidate, oldest first. */
  listByCandidate(owner: RolloutOwner, candidateId: string): StoredRollout[] {
    return this.select(and(ofOwner(owner), eq(rollouts.candidateId, candidateId))).reverse();
  }

  private select(filter: SQL | undefined, limit = -1): StoredRollout[] {
    return this.database.db
      .select()
      .from(rollouts)
      .where(filter)
      .orderBy(desc(rollouts.createdAt), desc(rollouts.id))
      .limit(limit)
      .all()
      .map(({ ownerKind, ownerId, ...row }) => ({ ...row, owner: { kind: ownerKind, id: ownerId } }));
  }
}

/** A text of which something was erased is no answer to anything. */
const isWhole = sql`instr(coalesce(${rollouts.output}, '') || ${rollouts.steps} || ${rollouts.verdicts} || ${rollouts.feedback}, ${ERASED_TEXT}) = 0`;

const ofOwner = (owner: RolloutOwner) =>
  and(eq(rollouts.ownerKind, owner.kind), eq(rollouts.ownerId, owner.id));
