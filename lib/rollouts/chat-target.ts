import { LlmError } from "@/lib/llm";
import type { ModelCaller } from "./model-caller";
import { substitute } from "./substitute";
import { NO_COST, type TargetAnswer } from "./target-answer";
import type { RolloutSpec, TargetSnapshot } from "./types";

/** Asks the task model: the components joined by a blank line as system message, then the record's conversation. */
export async function askChatTarget(
  spec: RolloutSpec,
  target: Extract<TargetSnapshot, { kind: "chat" }>,
  call: ModelCaller,
  signal: AbortSignal,
): Promise<TargetAnswer> {
  const system = systemText(spec);
  if (!system.ok) {
    const names = system.missing.map((name) => `{{${name}}}`).join(", ");
    const cause = `The prompt wants ${names}, and this record has no such field. Add the field to the record, or take the variable out of the prompt.`;
    return { status: "failed", cause, answered: false, cost: NO_COST };
  }
  const messages = [
    ...(system.text === "" ? [] : [{ role: "system" as const, content: system.text }]),
    ...spec.inputs.messages.map(({ role, content }) => ({ role, content })),
  ];
  const request = {
    callKey: `${spec.callKeyPrefix}:task`,
    role: "task" as const,
    messages,
    sample: spec.sample,
  };
  try {
    const { text, usage, costUsd, latencyMs, simulated } = await call(target.task, request, signal);
    const cost = { ...usage, costUsd, latencyMs, simulated };
    if (text.trim() === "")
      return { status: "failed", cause: "The assistant answered with nothing.", answered: true, cost };
    return { status: "answered", output: text, steps: null, cost };
  } catch (error) {
    signal.throwIfAborted();
    // Trouble of the provider is an outcome; anything else (a money cap, a bug) is for the host to deal with.
    if (!(error instanceof LlmError)) throw error;
    return { status: "failed", cause: error.message, answered: false, cost: NO_COST };
  }
}

/** Each component is filled by itself and then joined, so that a field cannot reach into another component. */
function systemText(spec: RolloutSpec): { ok: true; text: string } | { ok: false; missing: string[] } {
  const filled: string[] = [];
  const missing: string[] = [];
  for (const name of spec.layout) {
    const part = substitute(spec.components[name] ?? "", spec.inputs.fields);
    if (part.ok) filled.push(part.text);
    else missing.push(...part.missing);
  }
  if (missing.length > 0) return { ok: false, missing: [...new Set(missing)] };
  return { ok: true, text: filled.filter((text) => text.trim() !== "").join("\n\n") };
}
