/** What the fake endpoint does instead of answering. */
export type Fault =
  | { kind: "ok" }
  | { kind: "status"; status: number; retryAfterMs?: number; message?: string }
  /** 200 with half a JSON text. */
  | { kind: "garbage" }
  /** 200 with a completion that no judge and no reflection may answer with. */
  | { kind: "nonsense" }
  /** Never answers. */
  | { kind: "hang" }
  /** Sends a reply a byte at a time, for ever. */
  | { kind: "drip" }
  /** Closes the connection without an answer. */
  | { kind: "cut" };

export interface FakeLlmControl {
  /** Faults for the next calls, in order; `ok` lets one through. */
  next: Fault[];
  /** After those: every n-th call misbehaves; null = none. */
  share: { every: number; fault: Fault } | null;
  /**
   * After that: each fault with its chance, 0 to 1. Drawn from what was asked and how often it was asked before, so the
   * same calls misbehave in whatever order they come.
   */
  rates: { rate: number; fault: Fault }[];
}

/** One request as the fake endpoint saw it. */
export interface LogEntry {
  /** Milliseconds since 1970. */
  at: number;
  path: string;
  model: string | null;
  /** SHA-256 of path, sample and body: equal requests have equal hashes. */
  hash: string;
  /** SHA-256 of sample and messages alone: what was asked, however it was asked for. */
  asked: string;
  /** Status that was sent; 0 = none yet, or never. */
  status: number;
  fault: Fault["kind"] | null;
}

/** What `asked` is made of, so that a stored request can be compared with what was sent. */
export function askedText(sample: number, messages: readonly { role: string; content: unknown }[]): string {
  return JSON.stringify([sample, ...messages.map(({ role, content }) => [role, content])]);
}

/** What a user's own agent was asked: the same words under the same prompts are the same question. */
export function askedOfAgent(request: {
  messages: readonly { role: string; content: unknown }[];
  prompts: Readonly<Record<string, string>>;
}): string {
  const prompts = Object.entries(request.prompts).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([prompts, request.messages.map(({ role, content }) => [role, content])]);
}
