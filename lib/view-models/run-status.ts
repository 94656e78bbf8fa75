import type { RunState, RunView } from "@/lib/contracts/runs";
import { formatUsd } from "./run-money";
import { candidateTitle, countOf } from "./run-names";
import { stopSentence } from "./run-reasons";
import type { ShownScale } from "./run-scale";

/** "Candidate 5 leads with 3.9 of 5, starting prompt 3.4. 41 of 75 scored answers used." (ux.md 7.5) */
export function prepareStatusSentence(view: RunView, scale: ShownScale, state: RunState): string {
  const used = `${view.metricCalls} of ${countOf(view.maxMetricCalls, "scored answer")} used.`;
  return [pauseSentence(view, state), leadSentence(view, scale, state), used]
    .filter((part) => part !== "")
    .join(" ");
}

function pauseSentence(view: RunView, state: RunState): string {
  // The causes stand below, once, with what to do about them.
  if (state === "failed" || view.failed !== null) return "It stopped with an error.";
  if (state === "cancelled") return "It was cancelled; everything scored so far is kept.";
  if (state === "paused")
    return view.paused?.byPerson === false ? "Paused." : "Paused. Nothing new is started.";
  return "";
}

function leadSentence(view: RunView, scale: ShownScale, state: RunState): string {
  const seed = view.candidates.find(({ candidateId }) => candidateId === view.seedCandidateId);
  const seedScore = view.ended?.seedScore ?? seed?.meanScore ?? null;
  const leaderId = view.ended?.recommendedCandidateId ?? view.recommended?.candidateId ?? null;
  const leaderScore = view.ended ? view.ended.recommendedScore : (view.recommended?.estimate ?? null);
  const end = view.ended ? ` ${stopSentence(view.ended.stopReason)}` : "";
  if (seedScore === null) return view.ended ? end.trim() : waitSentence(view, state);
  const isSeed = leaderId === null || leaderId === view.seedCandidateId;
  if (isSeed || leaderScore === null) {
    const none = view.ended ? "No candidate was better than" : "No candidate is better yet than";
    return `${none} the starting prompt, ${scale.formatOf(seedScore)}.${end}`;
  }
  const leads = view.ended ? "is best with" : "leads with";
  const name = candidateTitle(leaderId, view.seedCandidateId);
  return `${name} ${leads} ${scale.formatOf(leaderScore)}, starting prompt ${scale.format(seedScore)}.${end}`;
}

function waitSentence(view: RunView, state: RunState): string {
  if (state === "queued" || view.phase === "waiting") return "Waiting to start.";
  return state === "running" ? "The starting prompt is being scored." : "";
}

/** "2 to 4 minutes left"; "" when it is not known or nothing is left. */
export function minutesLeftWords({ minutesLeft, ended }: RunView): string {
  if (minutesLeft === null || ended !== null) return "";
  const low = Math.max(0, Math.round(minutesLeft.low));
  const high = Math.max(low, Math.round(minutesLeft.high));
  if (high < 1) return "less than a minute left";
  if (low < 1) return `up to ${countOf(high, "minute")} left`;
  return low === high ? `about ${countOf(high, "minute")} left` : `${low} to ${countOf(high, "minute")} left`;
}

/** "$0.28 of at most $1.00, $0.40 to $0.60 in the end"; "" when no price is known. */
export function spendWords({ spentUsd, usdAtEnd }: RunView, maxUsd: number | null): string {
  if (spentUsd === null) return "";
  const spent =
    maxUsd === null ? formatUsd(spentUsd) : `${formatUsd(spentUsd)} of at most ${formatUsd(maxUsd)}`;
  if (usdAtEnd === null) return spent;
  const [low, high] = [usdAtEnd.low, Math.min(usdAtEnd.high, maxUsd ?? usdAtEnd.high)].map(formatUsd);
  return `${spent}, ${low === high ? `about ${high}` : `${low} to ${high}`} in the end`;
}
