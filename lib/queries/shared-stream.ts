import type { LiveHandlers, LiveSource } from "./live-stream";
import { openStream } from "./own-stream";

/** What the tabs of one browser tell each other about a topic. */
type TabMessage =
  | { kind: "frame"; event: string; data: unknown }
  | { kind: "connection"; isConnected: boolean }
  /** A tab has joined: where is the leading tab? */
  | { kind: "hello" }
  | { kind: "at"; seq: number | null };

/** Locks exist in secure contexts only (https, or this computer). */
export function canShareStreams(): boolean {
  return typeof BroadcastChannel === "function" && typeof navigator !== "undefined" && "locks" in navigator;
}

/**
 * Follows a topic together with the other tabs of this browser. Whoever holds the topic's lock leads: it has the one
 * connection and passes each frame on. Visible tabs stand in line for the lock; a tab that is hidden or closed gives it
 * up, and the next one goes on from its own last seq. Hidden tabs go on listening, so they are up to date when shown.
 */
export function followTogether(source: LiveSource, handlers: LiveHandlers): () => void {
  const follower = new TabFollower(source, handlers);
  follower.start();
  return follower.finish;
}

class TabFollower {
  private readonly channel: BroadcastChannel;
  /** Latest frame by event: what a tab that joins a topic without a seq has to be told. */
  private readonly latest = new Map<string, unknown>();
  private isOver = false;
  private isLeader = false;
  /** Gives up the lead, or the place in the line; null when it has neither. */
  private leave: (() => void) | null = null;

  constructor(
    private readonly source: LiveSource,
    private readonly handlers: LiveHandlers,
  ) {
    this.channel = new BroadcastChannel(this.name);
  }

  private get name(): string {
    return `touchstone:${this.source.topic}`;
  }

  start(): void {
    this.channel.onmessage = ({ data }: MessageEvent<TabMessage>) => this.hear(data);
    document.addEventListener("visibilitychange", this.sync);
    this.sync();
  }

  readonly finish = (): void => {
    if (this.isOver) return;
    this.isOver = true;
    this.leave?.();
    document.removeEventListener("visibilitychange", this.sync);
    this.channel.close();
  };

  private readonly sync = (): void => {
    if (this.isOver) return;
    if (document.visibilityState === "hidden") this.leave?.();
    else if (this.leave === null) this.standInLine();
  };

  private standInLine(): void {
    const line = new AbortController();
    this.leave = () => {
      this.leave = null;
      line.abort();
    };
    navigator.locks
      .request(this.name, { signal: line.signal }, () => (this.isOver ? undefined : this.lead()))
      .catch((error: unknown) => {
        // Taken out of the line is no failure.
        if (!line.signal.aborted) throw error;
      });
    this.say({ kind: "hello" });
  }

  /** Holds the lock until it resolves. */
  private lead(): Promise<void> {
    return new Promise((resolve) => {
      this.isLeader = true;
      const disconnect = openStream(this.source, {
        onConnection: (isConnected) => {
          this.handlers.onConnection(isConnected);
          this.say({ kind: "connection", isConnected });
        },
        onFrame: (event, data) => {
          this.latest.set(event, data);
          this.say({ kind: "frame", event, data });
          return this.handlers.onFrame(event, data);
        },
        onOver: this.finish,
      });
      this.leave = () => {
        this.isLeader = false;
        this.leave = null;
        disconnect();
        resolve();
      };
    });
  }

  private hear(message: TabMessage): void {
    if (this.isOver) return;
    if (this.isLeader) {
      if (message.kind === "hello") this.answerHello();
      return;
    }
    switch (message.kind) {
      case "frame": {
        const wish = this.handlers.onFrame(message.event, message.data);
        if (wish === "stop" || message.event === "stream-error") this.finish();
        return;
      }
      case "connection":
        this.handlers.onConnection(message.isConnected);
        return;
      case "at":
        if (isBehind(this.source.lastSeq(), message.seq)) this.handlers.onBehind?.();
        return;
      case "hello":
    }
  }

  private answerHello(): void {
    const seq = this.source.lastSeq();
    this.say({ kind: "at", seq });
    if (seq === null) for (const [event, data] of this.latest) this.say({ kind: "frame", event, data });
  }

  private say(message: TabMessage): void {
    // A stream may tell of its end after this tab has stopped listening.
    if (!this.isOver) this.channel.postMessage(message);
  }
}

function isBehind(own: number | null, leaders: number | null): boolean {
  return own !== null && leaders !== null && own < leaders;
}
