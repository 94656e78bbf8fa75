import type { RolloutSpec } from "./types";

/** What an HTTP agent is sent. It fills variables itself: it gets the prompts as they are, and the fields beside them. */
export interface AgentRequest {
  messages: readonly { role: string; content: string }[];
  fields: Readonly<Record<string, string>>;
  /** Component name → text; the agent must work with these, not with its own. */
  prompts: Readonly<Record<string, string>>;
  run_id: string;
  rollout_id: string;
  /** Always true: nothing may be booked, sent or changed. */
  dry_run: true;
}

export function agentRequestOf(
  spec: Pick<RolloutSpec, "inputs" | "components" | "runId" | "rolloutId">,
): AgentRequest {
  return {
    messages: spec.inputs.messages,
    fields: spec.inputs.fields,
    prompts: spec.components,
    run_id: spec.runId,
    rollout_id: spec.rolloutId,
    dry_run: true,
  };
}

/** The request without the id of this very attempt: what it asks for, and what its reply is kept under. */
export function keptRequestOf(url: string, { rollout_id: _, ...asked }: AgentRequest) {
  return { url, ...asked };
}
