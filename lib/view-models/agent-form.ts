import type { SaveAgentInput, TargetView } from "@/lib/contracts/targets";

/** One header in the form. `isStored`: the server has a value; an empty one here keeps it. */
export interface AgentHeaderDraft {
  key: number;
  name: string;
  value: string;
  isStored: boolean;
}

/** The form as it is typed; numbers are texts until it is sent. */
export interface AgentDraft {
  url: string;
  headers: AgentHeaderDraft[];
  replyPointer: string;
  stepsPointer: string;
  usagePointer: string;
  maxConcurrency: string;
  timeoutSeconds: string;
  maxUsdPerCall: string;
}

export function agentDraftOf(agent: TargetView["agent"]): AgentDraft {
  return {
    url: agent?.url ?? "",
    headers: (agent?.headerNames ?? []).map((name, key) => ({ key, name, value: "", isStored: true })),
    replyPointer: agent?.replyPointer ?? "/text",
    stepsPointer: agent ? (agent.stepsPointer ?? "") : "/steps",
    usagePointer: agent ? (agent.usagePointer ?? "") : "/usage",
    maxConcurrency: String(agent?.maxConcurrency ?? 4),
    timeoutSeconds: String(Math.round((agent?.timeoutMs ?? 60_000) / 1_000)),
    maxUsdPerCall: agent?.maxUsdPerCall == null ? "" : String(agent.maxUsdPerCall),
  };
}

/** What is sent; numbers that are none are sent as they are, so that the server says what is wrong with them. */
export function agentInputOf(draft: AgentDraft): SaveAgentInput {
  return {
    url: draft.url.trim(),
    headers: draft.headers
      .filter(({ name }) => name.trim() !== "")
      .map(({ name, value }) => (value === "" ? { name: name.trim() } : { name: name.trim(), value })),
    replyPointer: draft.replyPointer.trim(),
    stepsPointer: orNull(draft.stepsPointer),
    usagePointer: orNull(draft.usagePointer),
    maxConcurrency: Number(draft.maxConcurrency),
    timeoutMs: Math.round(Number(draft.timeoutSeconds) * 1_000),
    maxUsdPerCall: draft.maxUsdPerCall.trim() === "" ? null : Number(draft.maxUsdPerCall),
  };
}

function orNull(text: string): string | null {
  return text.trim() === "" ? null : text.trim();
}
