import "server-only";
import { setImmediate } from "node:timers";
import type { Database } from "./client";

interface Waiting {
  work: () => unknown;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/**
 * Writes of many flows in one commit: a commit waits for the disk, and with it all that this process does. What is handed
 * in during one turn of the event loop is written together, each part in a savepoint of its own, and told only when
 * the disk has it. In order of arrival.
 */
export class GroupCommit {
  private waiting: Waiting[] = [];

  constructor(private readonly database: Database) {}

  /** Resolves when `work` is committed; rejects with what it threw, and then nothing of it is kept. */
  run<Result>(work: () => Result): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.waiting.push({ work, resolve: resolve as (value: unknown) => void, reject });
      if (this.waiting.length === 1) setImmediate(() => this.flush());
    });
  }

  private flush(): void {
    const batch = this.waiting;
    this.waiting = [];
    try {
      const tell = this.database.transaction(() => batch.map((one) => this.attempt(one)));
      for (const one of tell) one();
    } catch (error) {
      // The commit itself failed (a full disk): of this batch nothing is kept.
      for (const { reject } of batch) reject(error);
    }
  }

  private attempt({ work, resolve, reject }: Waiting): () => void {
    try {
      const value = this.database.transaction(work);
      return () => resolve(value);
    } catch (error) {
      // A full disk ends the whole transaction, of which this was a part.
      if (!this.database.raw.inTransaction) throw error;
      return () => reject(error);
    }
  }
}
