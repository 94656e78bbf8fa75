import type { ChatReply } from "@/lib/llm";
import type { KeyedChatRequest, ModelCaller, ModelRef } from "../model-caller";
import { askAgentDirectly, type RolloutHost } from "../rollout-host";
import type { RolloutJudge, RolloutSpec } from "../types";

const model: ModelRef = { connectionId: "con_1", model: "m", settings: {} };

/** A judge on 1–5, by version id and name. */
export function rolloutJudge(versionId: string, name: string, weight: number): RolloutJudge {
  return {
    weight,
    model,
    snapshot: {
      judgeId: `jdg_${name}`,
      versionId,
      name,
      scale: { kind: "numeric", min: 1, max: 5, step: 1 },
      anchors: [],
      goodEnough: 4,
      instructions: "Grade {{ outputs }} to {{ inputs }} by {{ expectations }}.",
      guidelines: [],
      episodes: [],
      retrieval: { kind: "lexical" },
      rule: null,
    },
  };
}

export function rolloutSpec(change: Partial<RolloutSpec> = {}): RolloutSpec {
  return {
    runId: "run_1",
    rolloutId: "rol_1",
    recordId: "rec_1",
    target: { kind: "chat", versionId: "tgv_1", task: model },
    components: { system: "You help." },
    layout: ["system"],
    inputs: { messages: [{ role: "user", content: "Why?" }], fields: {} },
    inputsText: "Why?",
    expectationsText: "Says why.",
    judges: [rolloutJudge("jv_a", "use", 1)],
    sample: 0,
    callKeyPrefix: "key",
    knownOutput: null,
    ...change,
  };
}

export function httpSpec(url: string, change: Partial<RolloutSpec> = {}, timeoutMs = 5000): RolloutSpec {
  return rolloutSpec({
    target: {
      kind: "http",
      versionId: "tgv_2",
      url,
      headers: { "x-agent": "1" },
      replyPointer: "/reply/text",
      stepsPointer: "/steps",
      usagePointer: "/usage",
      timeoutMs,
      maxConcurrency: 4,
      maxUsdPerCall: null,
    },
    ...change,
  });
}

export function chatReply(text: string): ChatReply {
  return {
    text,
    finishReason: "stop",
    usage: { inputTokens: 10, outputTokens: 5 },
    costUsd: null,
    latencyMs: 1,
    simulated: false,
  };
}

/** A caller that answers by role, and keeps what it was asked. */
export function scriptedCaller(replies: { task: string; judge: string | ((callKey: string) => string) }): {
  call: ModelCaller;
  requests: KeyedChatRequest[];
} {
  const requests: KeyedChatRequest[] = [];
  return {
    requests,
    call: async (_ref, request) => {
      requests.push(request);
      if (request.role === "task") return chatReply(replies.task);
      return chatReply(typeof replies.judge === "string" ? replies.judge : replies.judge(request.callKey));
    },
  };
}

/** A host around a caller; agents' replies are not kept. */
export function hostOf(call: ModelCaller): RolloutHost {
  return { call, agent: askAgentDirectly };
}
