import "server-only";
import type { Run } from "@/db/repos/runs.repo";
import { emptyRunView, foldRunEvents } from "@/lib/contracts/fold-run-event";
import type { RunSnapshot, RunView } from "@/lib/contracts/runs";
import type { Scale } from "@/lib/judge";
import type { ServiceDeps } from "../service-deps";
import { productionOf } from "./production-score";
import { capsOf } from "./run-caps";
import { runSettingsOf } from "./run-settings";

/** The read model of a run, folded from its journal by the function that the browser uses too. */
export function runViewOf(repos: ServiceDeps["repos"], run: Run): RunView {
  const events = repos.runEvents.listAfter(run.id, 0, Number.MAX_SAFE_INTEGER);
  return foldRunEvents(emptyRunView(run.id, run.manifest.maxMetricCalls), events);
}

/** What a page loads before it tails the stream. */
export function runSnapshotOf(repos: ServiceDeps["repos"], run: Run): RunSnapshot {
  const view = runViewOf(repos, run);
  const only = onlyJudgeOf(repos, run);
  const questions = repos.records.byIds([...new Set([...run.manifest.trainset, ...run.manifest.valset])]);
  return {
    id: run.id,
    projectId: run.projectId,
    number: run.number,
    state: run.state,
    cause: run.cause,
    promptName: run.promptName,
    promptVersion: run.promptVersion,
    manifest: run.manifest,
    scale: only?.judge.scale ?? null,
    goodEnough: only?.version.goodEnough ?? null,
    production: productionOf(repos, run, view),
    questions: Object.fromEntries(questions.map(({ id, inputs }) => [id, questionOf(inputs.messages)])),
    settings: runSettingsOf(repos, run),
    caps: capsOf(repos, run),
    view,
    simulated: run.manifest.simulated,
    createdAt: run.createdAt,
    createdBy: run.createdBy,
    endedAt: run.endedAt,
  };
}

/** The scale that a run's scores are shown on: its judge's; null when several judges grade, whose mean lies on none. */
export function scaleOf(repos: ServiceDeps["repos"], run: Run): Scale | null {
  return onlyJudgeOf(repos, run)?.judge.scale ?? null;
}

function onlyJudgeOf(repos: ServiceDeps["repos"], { manifest }: Run) {
  const [first, second] = manifest.judges;
  const version = first && !second ? repos.judges.versionById(first.judgeVersionId) : null;
  const judge = version ? repos.judges.byId(version.judgeId) : null;
  return version && judge ? { version, judge } : null;
}

/** What was asked: the last turn of a person. */
export function questionOf(messages: readonly { role: string; content: string }[]): string {
  return messages.findLast(({ role }) => role === "user")?.content ?? messages.at(-1)?.content ?? "";
}
