import type { LiveHandlers, LiveSource } from "./live-stream";

/**
 * Follows a topic over this tab's own connection while the page is shown. A hidden page holds none, since a browser has
 * six a host, and catches up from its last seq when it is shown again.
 */
export function followAlone(source: LiveSource, handlers: LiveHandlers): () => void {
  let disconnect: (() => void) | null = null;
  let isOver = false;
  const sync = (): void => {
    if (isOver) return;
    if (document.visibilityState === "hidden") {
      disconnect?.();
      disconnect = null;
    } else disconnect ??= openStream(source, { ...handlers, onOver: finish });
  };
  function finish(): void {
    isOver = true;
    disconnect?.();
    disconnect = null;
    document.removeEventListener("visibilitychange", sync);
  }
  document.addEventListener("visibilitychange", sync);
  sync();
  return finish;
}

/** A server that refused, since it restarts, is asked again after so long. */
const RETRY_MS = 3_000;

/**
 * One connection, from the source's last seq on; the browser reconnects by itself, and after a refusal this does. When the
 * network goes, an open connection may say nothing for long: the browser's word counts, and it is made anew with the network.
 */
export function openStream(source: LiveSource, handlers: LiveHandlers & { onOver(): void }): () => void {
  let retry: ReturnType<typeof setTimeout> | undefined;
  let stream = connect();
  const stopListening = onNetworkChange((isOnline) => {
    clearTimeout(retry);
    stream.close();
    if (isOnline) stream = connect();
    else handlers.onConnection(false);
  });
  return () => {
    clearTimeout(retry);
    stopListening();
    stream.close();
  };

  function connect(): EventSource {
    const opened = connectStream(source, handlers);
    opened.onerror = () => {
      handlers.onConnection(false);
      if (opened.readyState !== EventSource.CLOSED) return;
      retry = setTimeout(() => {
        stream = connect();
      }, RETRY_MS);
    };
    return opened;
  }
}

/** Tells when the browser loses its network, and when it has it again. Returns a function that stops. */
function onNetworkChange(tell: (isOnline: boolean) => void): () => void {
  if (typeof window === "undefined") return () => undefined;
  const listening = new AbortController();
  const { signal } = listening;
  window.addEventListener("offline", () => tell(false), { signal });
  window.addEventListener("online", () => tell(true), { signal });
  return () => listening.abort();
}

function connectStream(source: LiveSource, handlers: LiveHandlers & { onOver(): void }): EventSource {
  const after = source.lastSeq();
  const query = new URLSearchParams({
    topic: source.topic,
    ...(after === null ? {} : { after: String(after) }),
  });
  const stream = new EventSource(`/api/v1/events?${query}`);
  stream.onopen = () => handlers.onConnection(true);
  for (const event of [...source.events, "stream-error"]) {
    stream.addEventListener(event, (message: MessageEvent<string>) => {
      const wish = handlers.onFrame(event, JSON.parse(message.data));
      if (wish === "stop" || event === "stream-error") handlers.onOver();
    });
  }
  return stream;
}
