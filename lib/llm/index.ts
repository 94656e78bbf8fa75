/** The public face of the LLM layer. */

export { chatElsewhere } from "./chat-elsewhere";
export { type ConnectionState, createConnectionState } from "./connection-state";
export { CalledOff, LlmError, type LlmErrorKind } from "./errors";
export { createFairPool, type FairPool } from "./fair-pool";
export { createGuardedFetch, isPrivateHost } from "./guarded-fetch";
export type { FetchLike } from "./openai-client";
export { createOpenAiModel } from "./openai-model";
export type {
  ChatMessage,
  ChatReply,
  ChatRequest,
  ConnectionSpec,
  Embedder,
  EmbedReply,
  LanguageModel,
  ModelRole,
  ModelSettings,
  Usage,
} from "./port";
export { redact } from "./redact";
export { DEFAULT_RETRY, NO_RETRY, withRetry } from "./retry";
export {
  type ConnectionReport,
  testConnection,
} from "./test-connection";
export { systemTiming, type Timing } from "./timing";
