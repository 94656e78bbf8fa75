import { followAlone } from "./own-stream";
import { canShareStreams, followTogether } from "./shared-stream";

/** What a follower is told. `connected` false: the page shows that it waits for the connection. */
export interface LiveHandlers {
  /** A frame by its event name, data parsed from JSON. "stop" = nothing more is wanted: the stream is over. */
  onFrame(event: string, data: unknown): "stop" | undefined;
  onConnection(isConnected: boolean): void;
  /** Frames were missed, and the stream will not bring them: what is shown must be fetched anew. */
  onBehind?(): void;
}

export interface LiveSource {
  topic: string;
  /** Frames to listen to, besides `stream-error`. */
  events: readonly string[];
  /** Where to go on from after a pause; null for topics without a seq. */
  lastSeq(): number | null;
}

/**
 * Follows a topic. The tabs of a browser share one connection a topic where the browser can tell them apart (a secure
 * context has locks); elsewhere each visible tab has its own, and a hidden one has none and catches up when shown.
 * @returns a function that stops for good
 */
export function followTopic(source: LiveSource, handlers: LiveHandlers): () => void {
  return canShareStreams() ? followTogether(source, handlers) : followAlone(source, handlers);
}
