import type { RunCall } from "@/lib/contracts/run-candidates";
import { formatUsd } from "./run-money";
import { countOf } from "./run-names";

const ROLE_WORDS: Readonly<Record<string, string>> = {
  task: "Answer",
  judge: "Grade",
  reflection: "Suggested edit",
  embedding: "Likeness",
};

/** "Answer by sim-task"; says when a call was flown again after a crash. */
export function callWords({ role, model, attempt, callKey }: RunCall): string {
  const what = callKey.includes("-repair") ? "Repair of the suggested edit" : (ROLE_WORDS[role] ?? role);
  const again = attempt > 1 ? `, asked ${attempt} times` : "";
  return `${what} by ${model === "agent" ? "your agent" : model}${again}`;
}

/** "3 calls · 1,204 tokens · $0.0041 · 0.9 s"; what is not known is left out. */
export function costWords(calls: readonly RunCall[]): string {
  const tokens = calls.reduce(
    (all, { inputTokens, outputTokens }) => all + (inputTokens ?? 0) + (outputTokens ?? 0),
    0,
  );
  const costs = calls.map(({ costUsd }) => costUsd);
  const cost = costs.includes(null) ? null : costs.reduce<number>((all, one) => all + (one ?? 0), 0);
  const times = calls.flatMap(({ latencyMs }) => latencyMs ?? []);
  const meanMs = times.length === 0 ? null : times.reduce((all, one) => all + one, 0) / times.length;
  return [
    calls.length === 1 ? null : countOf(calls.length, "call"),
    tokens === 0 ? null : countOf(tokens, "token"),
    cost === null ? null : formatUsd(cost),
    meanMs === null ? null : `${calls.length === 1 ? "" : "on average "}${secondsWords(meanMs)}`,
  ]
    .filter((part) => part !== null)
    .join(" · ");
}

export function secondsWords(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
