import type { TeachingPreflight } from "@/lib/contracts/judge-page";

/** Where the text goes when the judge is taught, with counts and price (ux.md, rule 9). */
export function sendingSentence(preflight: TeachingPreflight): string {
  const { records, usable, host, simulated, modelCalls, costUsd } = preflight;
  const what = `${count(records, "record")} and ${count(usable, "label")} go to ${host}`;
  const calls =
    modelCalls.low === modelCalls.high ? `${modelCalls.low}` : `${modelCalls.low} to ${modelCalls.high}`;
  if (simulated && costUsd === null && !host.includes(" and ")) {
    return `${what}: ${calls} simulated calls. Nothing leaves it, and nothing is paid.`;
  }
  const price =
    costUsd === null
      ? "The price is not known: no price is set for these models."
      : `About ${money(costUsd)} at most.`;
  return `${what}, in ${calls} calls. ${price}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function money(usd: number): string {
  return usd < 0.01 ? "$0.01" : `$${usd.toFixed(2)}`;
}
