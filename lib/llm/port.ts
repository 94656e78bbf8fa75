/** The model port: every provider, real or simulated, is behind it. No SDK type crosses this line. */

export type ModelRole = "task" | "judge" | "reflection" | "embedding";

export interface ChatMessage {
  role: "system" | "user" | "assistant";
  content: string;
}

/** Pinned with everything a score depends on. Undefined = the endpoint's default. */
export interface ModelSettings {
  temperature?: number;
  topP?: number;
  maxOutputTokens?: number;
}

export interface ChatRequest {
  model: string;
  role: ModelRole;
  messages: readonly ChatMessage[];
  settings: ModelSettings;
  /** 0 for the memoised reading; higher = a fresh reading of the same request. */
  sample: number;
  /** JSON schema of the reply; enforced by the endpoint where it can, else asked for in text. */
  schema?: { name: string; schema: Record<string, unknown> };
}

/** Tokens as the provider counted them; null when it did not say. */
export interface Usage {
  inputTokens: number | null;
  outputTokens: number | null;
}

export interface ChatReply {
  text: string;
  finishReason: "stop" | "length" | "content-filter" | "other";
  usage: Usage;
  /** USD by the connection's prices; null when no price is known. */
  costUsd: number | null;
  latencyMs: number;
  simulated: boolean;
}

export interface LanguageModel {
  /** @throws LlmError (provider trouble, after retries) or the abort reason. */
  chat(request: ChatRequest, signal: AbortSignal): Promise<ChatReply>;
}

export interface EmbedReply {
  vectors: readonly (readonly number[])[];
  usage: Usage;
  costUsd: number | null;
  latencyMs: number;
}

export interface Embedder {
  embed(request: { model: string; texts: readonly string[] }, signal: AbortSignal): Promise<EmbedReply>;
}

/** Everything needed to reach one endpoint; the key is unsealed just before use and never logged. */
export interface ConnectionSpec {
  id: string;
  name: string;
  kind: "real" | "simulated";
  baseUrl: string;
  apiKey: string | null;
  headers: Readonly<Record<string, string>>;
  /** USD per million tokens by model. */
  prices: Readonly<Record<string, { inputPerMillion: number; outputPerMillion: number }>>;
  maxConcurrency: number;
  timeoutMs: number;
}
