import type { Forecast, Preflight } from "@/lib/contracts/runs";

/** What the words of a launch are made from. */
export interface PreflightFacts {
  maxMetricCalls: number;
  maxUsd: number | null;
  maxMinutes: number | null;
  forecast: Forecast;
  sealed: number;
  sends: Preflight["sends"];
}

/** "75 scored answers: about 6 to 11 suggested edits, 5 to 9 minutes, $0.40 to $0.70." (ux.md, moment 7) */
export function forecastSentence({ maxMetricCalls, forecast }: PreflightFacts): string {
  const { proposals, minutes, usd } = forecast;
  const parts = [
    `about ${rangeWords(proposals, "suggested edit")}`,
    minuteWords(minutes),
    usd === null ? null : usdRange(usd),
  ];
  return `${counted(maxMetricCalls, "scored answer")}: ${parts.filter((part) => part !== null).join(", ")}.`;
}

/** What is never exceeded, what the review takes afterwards, and what goes where (ux.md, moment 7). */
export function forecastDetail({
  maxMetricCalls,
  maxUsd,
  maxMinutes,
  forecast,
  sealed,
  sends,
}: PreflightFacts): string {
  const caps = [
    counted(maxMetricCalls, "answer"),
    maxUsd === null ? null : dollars(maxUsd),
    maxMinutes === null ? null : counted(maxMinutes, "minute"),
  ];
  const { reviewAnswers, reviewUsd } = forecast;
  const cost = reviewUsd === null ? "" : `, about ${dollars(reviewUsd)}`;
  const review =
    sealed === 0
      ? null
      : `A review afterwards scores the ${counted(sealed, "sealed record")} twice: ${counted(reviewAnswers, "answer")}${cost}.`;
  const what = [
    counted(sends.records, "record"),
    sends.guidelinesAndReasons === 0 ? null : `${sends.guidelinesAndReasons} guidelines and reasons`,
  ];
  const where = sends.simulated ? "the simulated models on this computer" : sends.host;
  return [
    `It never uses more than ${orList(caps)}.`,
    forecast.monthLeftUsd === null
      ? null
      : `This project’s cap for the month leaves ${dollars(forecast.monthLeftUsd)}.`,
    review,
    `${what.filter((part) => part !== null).join(" and ")} go to ${where}.`,
  ]
    .filter((part) => part !== null)
    .join(" ");
}

function rangeWords({ low, high }: { low: number; high: number }, one: string): string {
  return low === high ? counted(low, one) : `${low} to ${counted(high, one)}`;
}

function minuteWords({ low, high }: { low: number; high: number }): string {
  const [from, to] = [Math.round(low), Math.round(high)];
  if (to < 1) return "less than a minute";
  if (from < 1) return `up to ${counted(to, "minute")}`;
  return rangeWords({ low: from, high: to }, "minute");
}

function usdRange({ low, high }: { low: number; high: number }): string {
  return dollars(low) === dollars(high) ? `about ${dollars(high)}` : `${dollars(low)} to ${dollars(high)}`;
}

/** "$0.40"; four digits below a cent, so that no cost is shown as none. */
export function dollars(usd: number): string {
  return `$${usd.toFixed(usd > 0 && usd < 0.01 ? 4 : 2)}`;
}

export function counted(count: number, one: string): string {
  return `${count.toLocaleString("en")} ${one}${count === 1 ? "" : "s"}`;
}

function orList(parts: readonly (string | null)[]): string {
  const known = parts.filter((part) => part !== null);
  return known.length < 3 ? known.join(" or ") : `${known.slice(0, -1).join(", ")} or ${known.at(-1)}`;
}
