/** One request as the simulated models see it. */
export interface SandboxCall {
  /** Everything is drawn from (seed, request, sample). */
  seed: string;
  model: string;
  messages: readonly { role: string; content: string }[];
  /** 0 = the first reading; another number is a fresh one of the same request. */
  sample: number;
  /** JSON schema of the wanted reply, when the request has one. */
  schema: unknown;
}
