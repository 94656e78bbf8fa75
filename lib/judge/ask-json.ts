import { repairMessages } from "./assemble";
import type { Parsed } from "./parse";
import type { JudgeModel, JudgeModelRequest } from "./ports";

/** A reply that could be used, or why there is none. */
export type Asked<Value> =
  | { status: "answered"; value: Value; modelCalls: number }
  | { status: "failed"; cause: string; rawReply: string | null; modelCalls: number };

/**
 * Asks, reads the reply, and gives the model one chance to repair it, with the problem in words (SPEC PA6). The
 * repair has the key of the call with `:repair` after it. Rejects only on abort.
 */
export async function askJson<Value>(
  model: JudgeModel,
  request: JudgeModelRequest,
  read: (reply: string) => Parsed<Value>,
  signal: AbortSignal,
): Promise<Asked<Value>> {
  const first = await model.ask(request, signal);
  if (first.status === "failed")
    return { status: "failed", cause: first.cause, rawReply: null, modelCalls: 1 };
  const parsed = read(first.text);
  if (parsed.ok) return { status: "answered", value: parsed.value, modelCalls: 1 };
  const messages = repairMessages(request.messages, first.text, parsed.problem);
  const second = await model.ask({ ...request, callKey: `${request.callKey}:repair`, messages }, signal);
  if (second.status === "failed") {
    const cause = `The reply could not be used (${parsed.problem}) and asking again failed: ${second.cause}`;
    return { status: "failed", cause, rawReply: first.text, modelCalls: 2 };
  }
  const again = read(second.text);
  if (again.ok) return { status: "answered", value: again.value, modelCalls: 2 };
  const cause = `The reply could not be used, twice: ${again.problem}`;
  return { status: "failed", cause, rawReply: second.text, modelCalls: 2 };
}
