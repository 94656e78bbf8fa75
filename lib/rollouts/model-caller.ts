import type {
  ChatMessage,
  ChatReply,
  ChatRequest,
  ConnectionSpec,
  ModelRole,
  ModelSettings,
} from "@/lib/llm";

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

/** A call that was noted as bought, and is in the air. */
export interface Flight {
  /** Whoever made it is gone, and it is made once more: counted like a call that a kill lost. */
  again(): void;
}

/** One attempt of a chat call, as another process needs it. */
export interface ChatOrder {
  connection: ConnectionSpec;
  request: ChatRequest;
}

/** Makes a call's attempts in another process. Notes, limits, repetitions and commits stay with the host. */
export interface Elsewhere {
  attempt(order: ChatOrder, flight: Flight, signal: AbortSignal): Promise<ChatReply>;
  /** It is in the air already, or has landed, since before this process began: its note stands as it is. */
  isUnderWay: boolean;
}

/**
 * Asks a model through the host, which commits every reply before it is used and never buys it twice.
 * @param mayStart looked at when the call has its place, before it flies
 * @throws LlmError, what `mayStart` throws, or the signal's reason on abort
 */
export type ModelCaller = (
  ref: ModelRef,
  request: KeyedChatRequest,
  signal: AbortSignal,
  elsewhere?: Elsewhere,
  mayStart?: () => void,
) => Promise<ChatReply>;
