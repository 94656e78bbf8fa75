import "server-only";

const RETRY_MS = 2_000;

export interface OwedWritesDeps {
  /** Whether the storage refused (full, held by another), so that the same write may succeed later. */
  isStorageTrouble(error: unknown): boolean;
  onTrouble(error: unknown): void;
}

/**
 * Writes that must not be lost when the disk is full or the database held: they are tried at once, and again every two
 * seconds until the storage takes them. A later write under the same name takes the place of an earlier one.
 */
export class OwedWrites {
  private readonly owed = new Map<string, () => void>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly deps: OwedWritesDeps) {}

  /** @throws what is no trouble of the storage */
  write(name: string, work: () => void): void {
    this.owed.delete(name);
    if (!this.attempt(work)) this.owe(name, work);
  }

  /** Those still owed are left: the next start takes such jobs up again. */
  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.owed.clear();
  }

  private owe(name: string, work: () => void): void {
    this.owed.set(name, work);
    this.timer ??= setInterval(() => this.retry(), RETRY_MS).unref();
  }

  private retry(): void {
    for (const [name, work] of [...this.owed]) {
      if (!this.attempt(work)) return; // the next would meet the same
      if (this.owed.get(name) === work) this.owed.delete(name);
    }
    if (this.owed.size === 0) this.stop();
  }

  private attempt(work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      if (!this.deps.isStorageTrouble(error)) throw error;
      this.deps.onTrouble(error);
      return false;
    }
  }
}
