import "server-only";
import type { Run } from "@/db/repos/runs.repo";
import type { RunRow } from "@/lib/contracts/runs";
import type { Scale } from "@/lib/judge";
import { bootstrapInterval } from "@/lib/stats/bootstrap";
import { mean, sum } from "@/lib/util/math";
import type { ServiceDeps } from "../service-deps";
import { counted } from "./preflight-words";
import { capsOf } from "./run-caps";
import { shownMean, shownMeanOf } from "./run-scale";
import { scaleOf } from "./run-snapshot";

/** A run as its list shows it. */
export function runRowOf(repos: ServiceDeps["repos"], run: Run): RunRow {
  const scale = scaleOf(repos, run);
  const rises = repos.runEvents.listByType(run.id, ["seed-evaluated", "recommendation-changed"]);
  const sparkline = rises.flatMap(({ body }) => {
    if (body.type === "seed-evaluated") return [body.meanScore];
    return body.type === "recommendation-changed" ? [body.estimate] : [];
  });
  const gain = gainOf(repos, run);
  const { maxMetricCalls } = capsOf(repos, run);
  const {
    id,
    number,
    state,
    cause,
    promptName,
    promptVersion,
    createdAt,
    createdBy,
    endedAt,
    seedScore,
    recommendedScore,
    metricCalls,
    manifest,
  } = run;
  return {
    id,
    number,
    state,
    cause,
    promptName,
    promptVersion,
    scale,
    simulated: manifest.simulated,
    createdAt,
    createdBy,
    endedAt,
    sentence: sentenceOf(run, maxMetricCalls, scale),
    sparkline,
    seedScore,
    recommendedScore,
    gain,
    metricCalls,
    maxMetricCalls,
    spentUsd: spentUsdOf(repos, run),
  };
}

/** What was paid so far; null when no price is known. */
export function spentUsdOf(repos: ServiceDeps["repos"], run: Pick<Run, "jobId">): number | null {
  const totals = repos.paidCalls.totals(run.jobId);
  if (totals.length === 0 || totals.some(({ costUsd }) => costUsd === null)) return null;
  return sum(totals.map(({ costUsd }) => costUsd ?? 0));
}

/** Mean gain of the recommended candidate on the records that it shares with the starting prompt. */
function gainOf(repos: ServiceDeps["repos"], run: Run): RunRow["gain"] {
  const recommendedId = run.recommendedCandidateId;
  if (recommendedId === null || recommendedId === "c0") return null;
  const owner = { kind: "run", id: run.id } as const;
  const scoresOf = (candidateId: string) =>
    new Map(
      repos.rollouts
        .listByCandidate(owner, candidateId)
        .flatMap(({ recordId, score }) => (score === null ? [] : [[recordId, score] as const])),
    );
  const seed = scoresOf("c0");
  const differences = [...scoresOf(recommendedId)].flatMap(([recordId, score]) => {
    const before = seed.get(recordId);
    return before === undefined || !run.manifest.valset.includes(recordId) ? [] : [score - before];
  });
  if (differences.length === 0) return null;
  const interval = bootstrapInterval(differences, mean, { seed: run.id, resamples: 500 });
  return interval ? { ...interval, records: differences.length } : null;
}

function sentenceOf(run: Run, maxMetricCalls: number, scale: Scale | null): string {
  const { state, metricCalls, recommendedCandidateId, seedScore, recommendedScore } = run;
  const used = `${metricCalls} of ${counted(maxMetricCalls, "scored answer")} used.`;
  switch (state) {
    case "queued":
      return "Waiting to start.";
    case "running":
      return `Going on: ${used}`;
    case "paused":
      return `Paused${run.cause ? `: ${withStop(run.cause)}` : "."} ${used}`;
    case "failed":
      return `Stopped with an error: ${withStop(run.cause ?? "the cause is not known")} What was scored is kept.`;
    case "cancelled":
      return `Cancelled. ${used}`;
    case "done": {
      if (seedScore === null || recommendedScore === null) return `No score came about. ${used}`;
      const isBetter =
        recommendedCandidateId !== null && recommendedCandidateId !== "c0" && recommendedScore > seedScore;
      if (!isBetter)
        return `No candidate was better than the starting prompt, ${shownMeanOf(seedScore, scale)}.`;
      const number = recommendedCandidateId?.replace(/^c/, "");
      return `Candidate ${number}: ${shownMean(seedScore, scale)} \u2192 ${shownMeanOf(recommendedScore, scale)} on practice records.`;
    }
  }
}

function withStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
