import type { ChatMessage, ChatReply, ModelRole, ModelSettings } from "@/lib/llm";

/** A model as a project assigns it to a role, pinned with everything a score depends on. */
export interface ModelRef {
  connectionId: string;
  model: string;
  settings: ModelSettings;
}

/** A chat request with the key under which its reply is kept: equal key inside a job, equal reply. */
export interface KeyedChatRequest {
  callKey: string;
  role: ModelRole;
  messages: readonly ChatMessage[];
  sample: number;
  schema?: { name: string; schema: Record<string, unknown> };
}

/**
 * Asks a model through the host, which commits every reply before it is used and never buys it twice.
 * @throws LlmError, or the signal's reason on abort
 */
export type ModelCaller = (
  ref: ModelRef,
  request: KeyedChatRequest,
  signal: AbortSignal,
) => Promise<ChatReply>;
