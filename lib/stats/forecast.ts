import { type PlanInput, type Range, runPlan } from "./forecast-plan";

/** One value a model role. */
export interface PerRole<Value> {
  task: Value;
  judge: Value;
  reflection: Value;
}

export interface ForecastInput extends PlanInput {
  /** Proposals in flight. */
  lanes: number;
  /** Model judges asked about every answer; rule judges are free and do not count. */
  judges: number;
  /** Milliseconds a call as measured on these connections; null = not measured yet. */
  latency: { taskMs: number; judgeMs: number; reflectionMs: number } | null;
  /** Mean tokens a call as measured; null = not measured yet. */
  tokensPerCall: PerRole<{ input: number; output: number }> | null;
  /** USD that an answer of the project's own agent costs on average, in place of a price for its tokens. */
  agentUsd?: number | null;
  /** Share of the starting prompt's answers that are known already: counted, and not paid for again. Default 0. */
  knownShare?: number;
  /** USD for a million tokens; null = not every price is known. */
  prices: PerRole<{ inputPerMillion: number; outputPerMillion: number }> | null;
}

export interface RunForecast {
  /** Edits that are suggested. */
  proposals: Range;
  minutes: Range;
  /** Null without prices or measured tokens: no amount is made up. */
  usd: Range | null;
  /** All roles together; null when not measured. */
  tokens: Range | null;
  /** False where the minutes rest on the usual latencies of hosted models, not on measured ones. */
  isLatencyMeasured: boolean;
}

interface Pace {
  taskMs: number;
  judgeMs: number;
  reflectionMs: number;
}

/** Usual means of hosted models: a small fast one, a large slow one. */
const USUAL_PACE: { low: Pace; high: Pace } = {
  low: { taskMs: 1_500, judgeMs: 1_500, reflectionMs: 6_000 },
  high: { taskMs: 8_000, judgeMs: 6_000, reflectionMs: 30_000 },
};
/** A round waits for its slowest answer, and endpoints have slow hours. */
const PACE_SPREAD: Range = { low: 0.8, high: 1.4 };
/** Prompts grow with every accepted edit; records differ in length. */
const TOKEN_SPREAD: Range = { low: 0.9, high: 1.25 };

/**
 * What a run will probably do, before it starts. Edits come from the plan of the strategy (`runPlan`); money and tokens
 * are calls × measured means; minutes follow the chain of rounds that must wait for each other, shared between lanes, or
 * the room for calls in flight where that is narrower. The judges of one answer are asked side by side.
 * Throws `RangeError` unless budget, sizes, lanes and concurrency are whole numbers from 1, and judges from 0.
 */
export function forecastRun(input: ForecastInput): RunForecast {
  const { maxMetricCalls, valsetSize, trainsetSize, lanes, concurrency, judges, latency } = input;
  for (const count of [maxMetricCalls, valsetSize, trainsetSize, lanes, concurrency, judges + 1])
    if (!Number.isSafeInteger(count) || count < 1) throw new RangeError(`forecastRun: ${count} is no count`);
  const plan = runPlan(input);
  const paid = paidCalls(plan, input.knownShare ?? 0);
  const minutesAt = (end: "low" | "high"): number => {
    const pace = latency === null ? USUAL_PACE[end] : scaled(latency, PACE_SPREAD[end]);
    const rolloutMs = pace.taskMs + (judges > 0 ? pace.judgeMs : 0);
    const chainMs = plan.reflections[end] * pace.reflectionMs + plan.rounds[end] * rolloutMs;
    const roomMs = (plan.searchCalls[end] * rolloutMs) / concurrency;
    return (plan.seedRounds * rolloutMs + Math.max(chainMs / lanes, roomMs)) / 60_000;
  };
  return {
    proposals: plan.proposals,
    minutes: { low: minutesAt("low"), high: minutesAt("high") },
    usd: usdOf(input, paid),
    tokens: tokensOf(input, paid),
    isLatencyMeasured: latency !== null,
  };
}

/** Answers of the starting prompt that a run asks for: on the seed, and where a child meets it on new records. */
const SEED_ANSWERS: Range = { low: 8, high: 20 };

/** What is asked and paid for: without the answers that are known. */
function paidCalls({ metricCalls, reflections }: Calls, knownShare: number): Calls {
  const free = { low: knownShare * SEED_ANSWERS.high, high: knownShare * SEED_ANSWERS.low };
  return {
    metricCalls: {
      low: Math.max(0, metricCalls.low - free.low),
      high: Math.max(0, metricCalls.high - free.high),
    },
    reflections,
  };
}

interface Calls {
  metricCalls: Range;
  reflections: Range;
}

function tokensOf({ tokensPerCall, judges }: ForecastInput, calls: Calls): Range | null {
  if (tokensPerCall === null) return null;
  const { task, judge, reflection } = tokensPerCall;
  const total = (per: { input: number; output: number }): number => per.input + per.output;
  return spread(calls, total(task) + judges * total(judge), total(reflection));
}

function usdOf({ tokensPerCall, prices, judges, agentUsd }: ForecastInput, calls: Calls): Range | null {
  if (tokensPerCall === null || prices === null) return null;
  const costOf = (role: keyof PerRole<unknown>): number => {
    const { input, output } = tokensPerCall[role];
    return (input * prices[role].inputPerMillion + output * prices[role].outputPerMillion) / 1e6;
  };
  return spread(calls, (agentUsd ?? costOf("task")) + judges * costOf("judge"), costOf("reflection"));
}

function spread({ metricCalls, reflections }: Calls, perMetricCall: number, perReflection: number): Range {
  const at = (end: "low" | "high"): number =>
    TOKEN_SPREAD[end] * (metricCalls[end] * perMetricCall + reflections[end] * perReflection);
  return { low: at("low"), high: at("high") };
}

function scaled({ taskMs, judgeMs, reflectionMs }: Pace, factor: number): Pace {
  return { taskMs: taskMs * factor, judgeMs: judgeMs * factor, reflectionMs: reflectionMs * factor };
}
