import "server-only";
import { and, asc, eq, inArray } from "drizzle-orm";
import type { CandidateDetail } from "@/lib/contracts/run-candidates";
import type { Database } from "../client";
import { candidates, proposals } from "../schema/runs";

/** A text that a run has tried. Its scores are in the run's events and rollouts. */
export interface StoredCandidate {
  runId: string;
  candidateId: string;
  components: Record<string, string>;
  proposalId: string | null;
  createdAt: number;
}

export interface StoredProposal {
  runId: string;
  proposalId: string;
  parentIds: string[];
  component: string;
  components: Record<string, string>;
  summary: string;
  changes: CandidateDetail["changes"];
  shownExampleIds: string[];
  /** Keys of the reflection's calls among the job's paid calls. */
  callKeys: string[];
  refusedReason: string | null;
  refusedDetail: string | null;
  createdAt: number;
}

/** A replay saves the same again: the first stays. */
export class CandidatesRepo {
  constructor(private readonly database: Database) {}

  save(candidate: StoredCandidate): void {
    this.database.db.insert(candidates).values(candidate).onConflictDoNothing().run();
  }

  byId(runId: string, candidateId: string): StoredCandidate | null {
    const key = and(eq(candidates.runId, runId), eq(candidates.candidateId, candidateId));
    return this.database.db.select().from(candidates).where(key).all()[0] ?? null;
  }

  byIds(runId: string, candidateIds: readonly string[]): StoredCandidate[] {
    const key = and(eq(candidates.runId, runId), inArray(candidates.candidateId, [...candidateIds]));
    return this.database.db.select().from(candidates).where(key).all();
  }

  /** Oldest first. */
  list(runId: string): StoredCandidate[] {
    return this.database.db
      .select()
      .from(candidates)
      .where(eq(candidates.runId, runId))
      .orderBy(asc(candidates.createdAt))
      .all();
  }

  saveProposal(proposal: Omit<StoredProposal, "refusedReason" | "refusedDetail">): void {
    this.database.db.insert(proposals).values(proposal).onConflictDoNothing().run();
  }

  /** Notes why a proposal was refused; does nothing when its text was never saved. */
  refuseProposal(runId: string, proposalId: string, reason: string, detail: string): void {
    const key = and(eq(proposals.runId, runId), eq(proposals.proposalId, proposalId));
    this.database.db.update(proposals).set({ refusedReason: reason, refusedDetail: detail }).where(key).run();
  }

  proposal(runId: string, proposalId: string): StoredProposal | null {
    const key = and(eq(proposals.runId, runId), eq(proposals.proposalId, proposalId));
    return this.database.db.select().from(proposals).where(key).all()[0] ?? null;
  }

  /** Oldest first. */
  proposals(runId: string): StoredProposal[] {
    return this.database.db
      .select()
      .from(proposals)
      .where(eq(proposals.runId, runId))
      .orderBy(asc(proposals.createdAt))
      .all();
  }
}
