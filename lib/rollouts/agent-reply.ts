import { z } from "zod";
import { atPointer } from "./json-pointer";
import type { TargetAnswer } from "./target-answer";
import type { HttpTarget, RolloutCost, RolloutStep } from "./types";

const MAX_STEPS = 200;
const MAX_STEP_CHARS = 20_000;

const text = z
  .unknown()
  .transform((value) =>
    (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).slice(0, MAX_STEP_CHARS),
  );

const stepsSchema = z
  .array(
    z
      .object({
        tool: z.string().optional(),
        name: z.string().optional(),
        arguments: text,
        result: text,
        ms: z.number().nonnegative().nullish(),
      })
      .transform(
        (step): RolloutStep => ({
          tool: step.tool ?? step.name ?? "unnamed",
          arguments: step.arguments,
          result: step.result,
          ms: step.ms ?? null,
        }),
      ),
  )
  .max(MAX_STEPS);

const tokens = z.number().nonnegative().nullish();
const usageSchema = z.object({
  input_tokens: tokens,
  prompt_tokens: tokens,
  output_tokens: tokens,
  completion_tokens: tokens,
  cost_usd: tokens,
});

/** The answer in an agent's reply, with what it did and used; a failure that names the path when it is not there. */
export function readAgentReply(
  reply: unknown,
  target: Pick<HttpTarget, "replyPointer" | "stepsPointer" | "usagePointer">,
  latencyMs: number,
): TargetAnswer {
  const cost: RolloutCost = { ...agentUsageIn(reply, target), latencyMs, simulated: false };
  const output = atPointer(reply, target.replyPointer);
  if (typeof output !== "string" || output.trim() === "") {
    const cause = `The agent answered, but its reply has no text at ${target.replyPointer === "" ? "its top" : target.replyPointer}. Check the agent's reply path.`;
    return { status: "failed", cause, answered: true, cost };
  }
  if (target.stepsPointer === null) return { status: "answered", output, steps: null, cost };
  const steps = stepsSchema.safeParse(atPointer(reply, target.stepsPointer) ?? []);
  if (steps.success) return { status: "answered", output, steps: steps.data, cost };
  const cause = `The agent answered, but its steps at ${target.stepsPointer} are no list of {tool, arguments, result, ms}.`;
  return { status: "failed", cause, answered: true, cost };
}

/** Figures are for display and caps; an agent that reports none or odd ones is no failure. */
export function agentUsageIn(
  reply: unknown,
  target: Pick<HttpTarget, "usagePointer">,
): Pick<RolloutCost, "inputTokens" | "outputTokens" | "costUsd"> {
  const parsed =
    target.usagePointer === null ? null : usageSchema.safeParse(atPointer(reply, target.usagePointer));
  if (!parsed?.success) return { inputTokens: null, outputTokens: null, costUsd: null };
  const { data } = parsed;
  return {
    inputTokens: data.input_tokens ?? data.prompt_tokens ?? null,
    outputTokens: data.output_tokens ?? data.completion_tokens ?? null,
    costUsd: data.cost_usd ?? null,
  };
}
