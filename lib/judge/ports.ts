/** A message to a model; the host decides which model and endpoint. */
export interface JudgeMessage {
  role: "system" | "user" | "assistant";
  content: string;
}

export interface JudgeModelRequest {
  /** Stable key of the call inside its job: equal key, equal reply (paid calls are never bought twice). */
  callKey: string;
  purpose: "judge" | "distil" | "consolidate" | "draft";
  messages: readonly JudgeMessage[];
  /** JSON schema of the reply, used where the endpoint supports it. */
  schema: { name: string; schema: Record<string, unknown> };
  /** Absent or 0 for the memoised reading; higher asks for a fresh reading of the same request. */
  sample?: number;
}

export type JudgeModelReply = { status: "answered"; text: string } | { status: "failed"; cause: string };

/** Asks a model. Resolves as failed rather than rejecting, except on abort. */
export interface JudgeModel {
  ask(request: JudgeModelRequest, signal: AbortSignal): Promise<JudgeModelReply>;
}

/** Vectors for retrieval; absent where a connection has no embeddings (retrieval is then lexical). */
export interface EmbeddingModel {
  name: string;
  embed(texts: readonly string[], signal: AbortSignal): Promise<readonly (readonly number[])[]>;
}
