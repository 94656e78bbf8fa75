/** What the queue needs from the outside; fakes in tests. */
export interface AnnouncementPorts {
  /** Milliseconds, from any fixed moment. */
  now: () => number;
  /** Runs the task once after a delay; returns a way to call it off. */
  after: (delayMs: number, task: () => void) => () => void;
  /** Hands one sentence to the live region. */
  say: (sentence: string) => void;
}

export interface AnnounceOptions {
  /** Sentences of one channel replace each other while they wait. Default: one shared channel. */
  channel?: string;
  /** Least time between two sentences of this channel. A run uses 10 s. Default 0. */
  minIntervalMs?: number;
}

export interface AnnouncementQueue {
  announce: (sentence: string, options?: AnnounceOptions) => void;
  /** Calls off what waits. */
  clear: () => void;
}

/** One polite voice: at most one sentence an interval and channel, always the newest. */
export function createAnnouncementQueue({ now, after, say }: AnnouncementPorts): AnnouncementQueue {
  const lastSaidAt = new Map<string, number>();
  const waiting = new Map<string, () => void>();

  function sayNow(channel: string, sentence: string) {
    waiting.delete(channel);
    lastSaidAt.set(channel, now());
    say(sentence);
  }

  function announce(sentence: string, { channel = "page", minIntervalMs = 0 }: AnnounceOptions = {}) {
    waiting.get(channel)?.();
    waiting.delete(channel);
    const last = lastSaidAt.get(channel);
    const delayMs = last === undefined ? 0 : last + minIntervalMs - now();
    if (delayMs <= 0) return sayNow(channel, sentence);
    const callOff = after(delayMs, () => sayNow(channel, sentence));
    waiting.set(channel, callOff);
  }

  function clear() {
    for (const callOff of waiting.values()) callOff();
    waiting.clear();
  }

  return { announce, clear };
}
