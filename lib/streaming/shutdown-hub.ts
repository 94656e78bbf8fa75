import { singleton } from "@/lib/util/singleton";

/** The streams that are open. Next does not exit while one is, so all are closed when the process is asked to end. */
export interface ShutdownHub {
  /** @returns a function that takes the stream off the list. */
  add(close: () => void): () => void;
  closeAll(): void;
  openCount(): number;
}

export function createShutdownHub(): ShutdownHub {
  const open = new Set<() => void>();
  return {
    add(close) {
      const own = () => close();
      open.add(own);
      return () => void open.delete(own);
    },
    closeAll() {
      for (const close of [...open]) close();
      open.clear();
    },
    openCount: () => open.size,
  };
}

/** The hub of this process; its streams close on SIGTERM and SIGINT. Other listeners of those signals stay. */
export function processShutdownHub(): ShutdownHub {
  return singleton("shutdown-hub", () => {
    const hub = createShutdownHub();
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => hub.closeAll());
    return hub;
  });
}
