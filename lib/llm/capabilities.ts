import { LlmError } from "./errors";

/** How a model of a connection wants to be asked; found out once, by its refusals. */
export interface ModelCapabilities {
  /** `schema` = the endpoint enforces a JSON schema; `text` = JSON is asked for in words. */
  structuredOutput: "unknown" | "schema" | "text";
  /** Newer models of one provider refuse the old name, other servers do not know the new one. */
  tokenLimitName: "max_tokens" | "max_completion_tokens";
  /** Some models take no temperature but their own. */
  temperature: "free" | "own";
}

/** What is remembered of each model of one connection, for the life of the process. */
export type CapabilityMemory = Map<string, ModelCapabilities>;

export function capabilitiesOf(memory: CapabilityMemory, model: string): ModelCapabilities {
  return (
    memory.get(model) ?? { structuredOutput: "unknown", tokenLimitName: "max_tokens", temperature: "free" }
  );
}

/**
 * What to try next after a refusal, or null when the refusal is about something else.
 * @param wanted what the refused request asked for
 */
export function relearn(
  error: unknown,
  known: ModelCapabilities,
  wanted: { schema: boolean; tokenLimit: boolean; steady: boolean },
): ModelCapabilities | null {
  const isRefusal = error instanceof LlmError && (error.kind === "bad-request" || error.status === 501);
  if (!isRefusal) return null;
  if (
    wanted.tokenLimit &&
    known.tokenLimitName === "max_tokens" &&
    /max_completion_tokens/.test(error.message)
  ) {
    return { ...known, tokenLimitName: "max_completion_tokens" };
  }
  if (wanted.steady && known.temperature === "free" && /temperature/i.test(error.message)) {
    return { ...known, temperature: "own" };
  }
  if (!wanted.schema || known.structuredOutput === "text") return null;
  const namesIt = /response_format|json_schema|structured|guided|schema|strict/i.test(error.message);
  // Some servers refuse without saying what; a model that has enforced a schema before is believed.
  return namesIt || known.structuredOutput === "unknown" ? { ...known, structuredOutput: "text" } : null;
}
