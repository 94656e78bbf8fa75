import "server-only";
import type { Connection } from "@/db/repos/connections.repo";
import type { Judge, JudgeVersionSummary } from "@/db/repos/judges.repo";
import type { Project } from "@/db/repos/projects.repo";
import type { TeachingPreflight } from "@/lib/contracts/judge-page";
import {
  findContradictions,
  MAX_ACTIVE_GUIDELINES,
  planChecking,
  planFolds,
  type SortedLabels,
  sortLabels,
  type TeachingLabel,
} from "@/lib/judge";
import { mean, sum } from "@/lib/util/math";
import type { ServiceDeps } from "../service-deps";
import { teachingSetOf } from "./teaching-labels";

/** The folds of a test, and what is kept aside, depend on the labels alone: teaching again is comparable. */
export const FOLD_SEED = "agreement";
const LABELS_A_BATCH = 50;
/** Rough sizes for the price, in characters and tokens: an upper estimate, not a bill. */
const CHARS_A_TOKEN = 3.5;
const PROMPT_CHARS = 3_000;
const GUIDELINES_CHARS = 3_000;
const EPISODES_SHOWN = 5;
const VERDICT_TOKENS = 250;
const GUIDELINES_TOKENS = 1_500;
/** Replies that have to be asked for again. */
const REPAIR_SHARE = 0.1;

/** What teaching would use, send and cost, and what stands in its way. Spends nothing. */
export function preflightOf(deps: Pick<ServiceDeps, "repos">, judge: Judge): TeachingPreflight {
  const { repos } = deps;
  const project = repos.projects.byId(judge.projectId);
  const base = baseVersionOf(deps, judge);
  const set = teachingSetOf(deps, judge);
  const sorted = sortLabels(set.labels, judge.scale);
  const active = activeTeaching(deps, judge);
  const connections = project ? connectionsOf(deps, project) : [];
  const calls = callsOf(sorted, base);
  return {
    usable: sorted.usable.length,
    withReason: sorted.withReason.length,
    checking: planChecking(sorted.usable, FOLD_SEED).checking.length,
    newSinceLast: newSinceLast(deps, judge, sorted),
    records: new Set(sorted.usable.map(({ recordId }) => recordId)).size,
    skipped: [...set.skipped, ...sorted.skipped],
    contradictions: findContradictions(sorted.usable, judge.scale, base?.goodEnough ?? null).map(
      ({ labelIds, why }) => ({ labelIds, why }),
    ),
    host: hostWords(connections),
    simulated: connections.some(({ kind }) => kind === "simulated"),
    modelCalls: calls,
    costUsd: project ? priceOf(deps, project, sorted, base, calls.high) : null,
    blocks: blocksOf(judge, base, sorted, active !== null),
    activeAlignmentId: active,
  };
}

/** What is taught: the hand-edited draft when there is one, else the version in use, else the newest draft. */
export function baseVersionOf(
  { repos }: Pick<ServiceDeps, "repos">,
  judge: Judge,
): JudgeVersionSummary | null {
  const draft = repos.judges.draft(judge.id);
  if (draft !== null && draft.origin !== "aligned") return draft;
  return repos.judges.inUse(judge.id) ?? draft;
}

/** The teaching of this judge that is at work or parked; null when there is none. */
export function activeTeaching({ repos }: Pick<ServiceDeps, "repos">, judge: Judge): string | null {
  const live = repos.jobs.list(judge.projectId, ["queued", "running", "paused"]);
  const ids = new Set(live.filter(({ kind }) => kind === "alignment").map(({ subjectId }) => subjectId));
  return repos.alignments.list(judge.id).find(({ id }) => ids.has(id))?.id ?? null;
}

function newSinceLast(
  { repos }: Pick<ServiceDeps, "repos">,
  judge: Judge,
  { withReason }: SortedLabels,
): number {
  const last = repos.alignments.list(judge.id).find(({ draftVersionId }) => draftVersionId !== null);
  const known = new Set(last?.labelIds ?? []);
  return withReason.filter(({ labelId }) => !known.has(labelId)).length;
}

function blocksOf(
  judge: Judge,
  base: JudgeVersionSummary | null,
  sorted: SortedLabels,
  isActive: boolean,
): string | null {
  if (judge.kind === "rule") return "A rule is checked by code; there is nothing to teach it.";
  if (base === null) return "This judge has no version yet. Write its instructions first.";
  if (isActive) return "The judge is being taught already. Look at how far it is.";
  if (sorted.usable.length === 0) {
    return "No answer has been labelled yet. Label a few and say why; your words become its guidelines.";
  }
  if (sorted.withReason.length === 0) {
    const count = sorted.usable.length;
    return `None of the ${count} ${count === 1 ? "label" : "labels"} says why. Add a few words to some of them: a grade alone cannot become a guideline.`;
  }
  return null;
}

function callsOf({ usable }: SortedLabels, base: JudgeVersionSummary | null): { low: number; high: number } {
  const { teaching, checking } = planChecking(usable, FOLD_SEED);
  const folds = planFolds(teaching, FOLD_SEED).length;
  const batches = Math.ceil(teaching.filter(({ reason }) => reason.trim() !== "").length / LABELS_A_BATCH);
  const verdicts = folds === 0 ? 0 : 2 * answersOf(teaching);
  const checked = answersOf(checking);
  const low = batches * (1 + folds) + verdicts + checked;
  const relearned = (base?.guidelines.length ?? 0) > 0 ? folds : 0;
  const high = (batches + 1) * (1 + folds + relearned) + verdicts + (1 + MAX_ACTIVE_GUIDELINES) * checked;
  return { low, high: Math.ceil(high * (1 + REPAIR_SHARE)) };
}

function answersOf(labels: readonly TeachingLabel[]): number {
  return new Set(labels.map(({ traceId }) => traceId)).size;
}

function connectionsOf({ repos }: Pick<ServiceDeps, "repos">, { models }: Project): Connection[] {
  const ids = new Set(
    [models.judge, models.reflection, ...(models.embedding ? [models.embedding] : [])].map(
      ({ connectionId }) => connectionId,
    ),
  );
  return [...ids].flatMap((id) => repos.connections.byId(id) ?? []);
}

/** Where text goes, as people read it. */
export function hostWords(connections: readonly Connection[]): string {
  const hosts = connections.map(({ kind, baseUrl, name }) => {
    if (kind === "simulated") return "the simulated models on this computer";
    return URL.canParse(baseUrl) ? new URL(baseUrl).host : name;
  });
  return [...new Set(hosts)].join(" and ");
}

function priceOf(
  deps: Pick<ServiceDeps, "repos">,
  project: Project,
  sorted: SortedLabels,
  base: JudgeVersionSummary | null,
  calls: number,
): number | null {
  const [judge, reflection] = [
    priceOfModel(deps, project.models.judge),
    priceOfModel(deps, project.models.reflection),
  ];
  if (judge === null || reflection === null || sorted.usable.length === 0) return null;
  const chars = (label: TeachingLabel): number =>
    label.inputs.length + label.outputs.length + label.reason.length;
  const average = mean(sorted.usable.map(chars));
  const instructions = PROMPT_CHARS + (base?.instructions.length ?? 0);
  const verdicts = 2 * sorted.usable.length * (1 + REPAIR_SHARE);
  const verdictChars = instructions + GUIDELINES_CHARS + (1 + EPISODES_SHOWN) * average;
  const lessons = Math.max(0, calls - verdicts);
  const lessonChars = instructions + sum(sorted.withReason.map(chars));
  return (
    usd(judge, verdicts, verdictChars, VERDICT_TOKENS) +
    usd(reflection, lessons, lessonChars, GUIDELINES_TOKENS)
  );
}

type Price = Connection["prices"][string];

function usd(
  { inputPerMillion, outputPerMillion }: Price,
  calls: number,
  chars: number,
  outputTokens: number,
): number {
  return (calls * ((chars / CHARS_A_TOKEN) * inputPerMillion + outputTokens * outputPerMillion)) / 1_000_000;
}

function priceOfModel(
  { repos }: Pick<ServiceDeps, "repos">,
  { connectionId, model }: Project["models"]["judge"],
): Price | null {
  return repos.connections.byId(connectionId)?.prices[model] ?? null;
}
