import "server-only";

/** How many calls each job has in flight, from their start until their reply is committed. */
export interface Flights {
  of(jobId: string): number;
  /** Calls that were really sent since the process began: a reply that is kept already is none. */
  sent(): number;
  during<Reply>(jobId: string, call: () => Promise<Reply>): Promise<Reply>;
  /** The same call, counted as sent when it is made. */
  counted<Reply, Given extends unknown[]>(
    call: (...given: Given) => Promise<Reply>,
  ): (...given: Given) => Promise<Reply>;
}

export function createFlights(): Flights {
  const counts = new Map<string, number>();
  let sent = 0;
  const add = (jobId: string, change: number): void => {
    const count = (counts.get(jobId) ?? 0) + change;
    if (count === 0) counts.delete(jobId);
    else counts.set(jobId, count);
  };
  return {
    of: (jobId) => counts.get(jobId) ?? 0,
    sent: () => sent,
    counted:
      (call) =>
      (...given) => {
        sent += 1;
        return call(...given);
      },
    during: async (jobId, call) => {
      add(jobId, 1);
      try {
        return await call();
      } finally {
        add(jobId, -1);
      }
    },
  };
}
