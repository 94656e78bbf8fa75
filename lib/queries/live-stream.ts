/** What a follower is told. `connected` false: the page shows that it waits for the connection. */
export interface LiveHandlers {
  /** A frame by its event name, data parsed from JSON. "stop" = nothing more is wanted: the stream is over. */
  onFrame(event: string, data: unknown): "stop" | undefined;
  onConnection(isConnected: boolean): void;
}

export interface LiveSource {
  topic: string;
  /** Frames to listen to, besides `stream-error`. */
  events: readonly string[];
  /** Where to go on from after a pause; null for topics without a seq. */
  lastSeq(): number | null;
}

/**
 * Follows a topic while the page is shown. A hidden page holds no connection, since a browser has six a host, and
 * catches up from its last seq when it is shown again; so a browser rarely has more than one stream open.
 * @returns a function that stops for good
 */
export function followTopic(source: LiveSource, handlers: LiveHandlers): () => void {
  let stream: EventSource | null = null;
  let isOver = false;

  const disconnect = (): void => {
    stream?.close();
    stream = null;
  };
  const finish = (): void => {
    isOver = true;
    disconnect();
    document.removeEventListener("visibilitychange", sync);
  };
  const hear = (event: string) => (message: MessageEvent<string>) => {
    if (handlers.onFrame(event, JSON.parse(message.data)) === "stop" || event === "stream-error") finish();
  };
  const connect = (): void => {
    const after = source.lastSeq();
    const query = new URLSearchParams({
      topic: source.topic,
      ...(after === null ? {} : { after: String(after) }),
    });
    const opened = new EventSource(`/api/v1/events?${query}`);
    stream = opened;
    opened.onopen = () => handlers.onConnection(true);
    // the browser tries again by itself, unless the server refused
    opened.onerror = () => {
      handlers.onConnection(false);
      if (opened.readyState === EventSource.CLOSED) disconnect();
    };
    for (const event of [...source.events, "stream-error"]) opened.addEventListener(event, hear(event));
  };
  const sync = (): void => {
    if (isOver) return;
    if (document.visibilityState === "hidden") disconnect();
    else if (stream === null) connect();
  };
  document.addEventListener("visibilitychange", sync);
  sync();
  return finish;
}
