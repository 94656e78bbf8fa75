/** One frame of a stream of server-sent events. */
export interface SseFrame {
  /** Kind; the browser listens by it. */
  event?: string;
  /** What `Last-Event-ID` will say after a broken connection. */
  id?: number;
  /** Sent as JSON, which has no line breaks. */
  data?: unknown;
  /** Milliseconds after which a browser tries again. */
  retryMs?: number;
}

/** A comment: keeps proxies from closing a quiet connection. */
export const SSE_PING = ": ping\n\n";

export function encodeFrame({ event, id, data, retryMs }: SseFrame): string {
  const lines = [
    retryMs === undefined ? null : `retry: ${retryMs}`,
    event === undefined ? null : `event: ${event}`,
    id === undefined ? null : `id: ${id}`,
    data === undefined ? null : `data: ${JSON.stringify(data)}`,
  ];
  return `${lines.filter((line) => line !== null).join("\n")}\n\n`;
}

export const SSE_HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  // no-transform also keeps the stream from being compressed, and so from being held back
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
  "x-content-type-options": "nosniff",
} as const;
