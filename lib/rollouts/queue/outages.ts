import type { RolloutHost } from "../rollout-host";

interface Outage {
  cause: string;
  over: Promise<void>;
  end(): void;
}

interface Waiter {
  host: RolloutHost;
  isSittingOut: boolean;
}

/** Why nothing goes on, at most one cause at a time; those who wait pause with it, and go on by themselves after it. */
export class Outages {
  private current: Outage | null = null;
  private readonly waiters = new Set<Waiter>();

  constructor(private readonly onChange: (cause: string | null) => void) {}

  /** Null = all is well. The same cause again changes nothing. */
  set(cause: string | null): void {
    const before = this.current;
    if (cause === (before?.cause ?? null)) return;
    this.current = cause === null ? null : outageOf(cause);
    this.onChange(cause);
    // Ended after the new one stands, so that whoever wakes finds it.
    before?.end();
    for (const waiter of this.waiters) void this.sitOut(waiter);
  }

  hasWaiters(): boolean {
    return this.waiters.size > 0;
  }

  /** Tells this host of outages from now on. @returns ends that */
  watch(host: RolloutHost): () => void {
    const waiter: Waiter = { host, isSittingOut: false };
    this.waiters.add(waiter);
    void this.sitOut(waiter);
    return () => void this.waiters.delete(waiter);
  }

  private async sitOut(waiter: Waiter): Promise<void> {
    if (waiter.isSittingOut) return;
    waiter.isSittingOut = true;
    try {
      while (this.current !== null && this.waiters.has(waiter)) {
        const { cause, over } = this.current;
        await (waiter.host.waitOut?.(cause, over) ?? over);
      }
    } catch {
      // The job was cancelled or the server stops: the rollout hears of it by its own signal.
    } finally {
      waiter.isSittingOut = false;
    }
  }
}

function outageOf(cause: string): Outage {
  let end = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { cause, over, end: () => end() };
}
