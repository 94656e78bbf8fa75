/** What the measuring side asks of the server's process. */
export type DriverOrder =
  | { do: "prepare"; endpoint: string }
  | { do: "run"; metricCalls: number; concurrency: number; seed: number }
  | { do: "load"; rollouts: number; inFlight: number };

export interface RunResult {
  state: string;
  cause: string | null;
  decisions: number;
  /** Over all decisions of the search in their order, scores and texts included. */
  decisionsHash: string;
  /** Causes of its pauses. */
  pauses: string[];
  rollouts: number;
  calls: number;
  /** Flights that were lost and flown again. */
  repeated: number;
  wallMs: number;
}

export interface LoadResult {
  rolloutsPerSecond: number;
  scored: number;
  /** Over all scores in their order. */
  scoresHash: string;
  /** Of the server's process. */
  cpuMs: number;
}
