import { LlmError, type LlmErrorKind } from "@/lib/llm";
import type { WireError } from "./protocol";

const KINDS: ReadonlySet<string> = new Set<LlmErrorKind>([
  "auth",
  "not-found",
  "rate-limited",
  "timeout",
  "unreachable",
  "server",
  "bad-request",
  "bad-reply",
  "circuit-open",
]);

/** What another process needs of an error: trouble of a provider in full, anything else by its words. */
export function toWireError(error: unknown): WireError {
  if (error instanceof LlmError) {
    const { kind, message, isRetryable, status, retryAfterMs, code } = error;
    return { kind, message, isRetryable, status, retryAfterMs, code };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { kind: null, message, isRetryable: false, status: null, retryAfterMs: null, code: null };
}

export function fromWireError({ kind, ...facts }: WireError): Error {
  return kind !== null && KINDS.has(kind)
    ? new LlmError({ kind: kind as LlmErrorKind, ...facts })
    : new Error(facts.message);
}
