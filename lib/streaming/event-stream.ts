import { AppError } from "@/lib/contracts/errors";
import type { ShutdownHub } from "./shutdown-hub";
import { encodeFrame, SSE_HEADERS, SSE_PING, type SseFrame } from "./sse";

interface EventStreamOptions {
  /** The request's signal: aborts when the caller goes away. */
  signal: AbortSignal;
  hub: ShutdownHub;
  /** The frames to send; it must return soon after its signal aborts. */
  frames(signal: AbortSignal): AsyncIterable<SseFrame>;
  /** Asked before each ping whether the caller may still listen; throws `AppError` when not. */
  recheck(): Promise<void>;
  /** Told of an error that nobody expected. */
  onError(error: unknown): void;
  pingMs?: number;
  /** Time after which a browser tries again. */
  retryMs?: number;
}

/**
 * A response that streams frames until they end, the caller goes, the caller loses its right to listen, or the server
 * shuts down. Frames are made as fast as the caller reads. An error is sent as a frame `stream-error` before the end.
 */
export function eventStreamResponse(options: EventStreamOptions): Response {
  const { retryMs = 2_000 } = options;
  const line = openLine(options);
  const iterator = options.frames(line.signal)[Symbol.asyncIterator]();
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      line.connect(controller);
      line.send(encodeFrame({ retryMs }));
    },
    async pull() {
      try {
        const next = await iterator.next();
        if (next.done) line.close();
        else line.send(encodeFrame(next.value));
      } catch (error) {
        line.fail(error);
      }
    },
    async cancel() {
      line.close();
      await iterator.return?.();
    },
  });
  return new Response(stream, { headers: SSE_HEADERS });
}

interface Line {
  /** Aborts when the line closes, for whatever reason. */
  signal: AbortSignal;
  connect(controller: ReadableStreamDefaultController<Uint8Array>): void;
  /** Nothing happens once the line is closed. */
  send(text: string): void;
  fail(error: unknown): void;
  close(): void;
}

/** One open connection with its pings; closing it twice does no harm. */
function openLine({ signal, hub, recheck, onError, pingMs = 15_000 }: EventStreamOptions): Line {
  const encoder = new TextEncoder();
  const closing = new AbortController();
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  const send = (text: string): void => {
    if (!closing.signal.aborted) controller?.enqueue(encoder.encode(text));
  };
  const close = (): void => {
    if (closing.signal.aborted) return;
    clearInterval(pings);
    leaveHub();
    signal.removeEventListener("abort", close);
    closing.abort();
    try {
      controller?.close();
    } catch {
      // the caller cancelled: the stream is closed already
    }
  };
  const fail = (error: unknown): void => {
    if (closing.signal.aborted) return;
    if (!(error instanceof AppError)) onError(error);
    send(encodeFrame({ event: "stream-error", data: publicError(error) }));
    close();
  };
  const pings = setInterval(() => {
    recheck().then(() => send(SSE_PING), fail);
  }, pingMs);
  const leaveHub = hub.add(close);
  signal.addEventListener("abort", close);
  return {
    signal: closing.signal,
    connect(opened) {
      controller = opened;
      if (signal.aborted) close();
    },
    send,
    fail,
    close,
  };
}

function publicError(error: unknown): { code: string; detail: string } {
  if (error instanceof AppError) return { code: error.code, detail: error.detail };
  return {
    code: "internal",
    detail: "The stream met an error. What happened is stored; load the page again.",
  };
}
