import { assertNever } from "@/lib/util/assert-never";
import { mean } from "@/lib/util/math";
import { applyToProposal, type ProposalBody } from "./fold-proposal";
import type { RunEvent, RunEventBody } from "./run-events";
import { logEntryOf } from "./run-log";
import { draftOf, keepScores, type RunViewDraft } from "./run-view-draft";
import type { RunView } from "./runs";

/** An event is missing between the view and this one: the snapshot must be fetched again. */
export class RunEventGapError extends Error {
  readonly expectedSeq: number;
  readonly gotSeq: number;

  constructor(expectedSeq: number, gotSeq: number) {
    super(`run event ${gotSeq} came where ${expectedSeq} was expected`);
    this.name = "RunEventGapError";
    this.expectedSeq = expectedSeq;
    this.gotSeq = gotSeq;
  }
}

/** The view of a run of which no event is known yet. */
export function emptyRunView(runId: string, maxMetricCalls: number): RunView {
  return {
    runId,
    lastSeq: 0,
    phase: "waiting",
    paused: null,
    failed: null,
    seedCandidateId: null,
    trainset: [],
    valset: [],
    excluded: [],
    metricCalls: 0,
    maxMetricCalls,
    reflections: 0,
    spentUsd: null,
    savedUsd: null,
    minutesLeft: null,
    usdAtEnd: null,
    failedRollouts: 0,
    failures: [],
    repeatedAfterCrash: 0,
    candidates: [],
    scores: {},
    recommended: null,
    curve: [],
    luckBand: [],
    trying: null,
    hints: [],
    pinnedParentId: null,
    excludedCandidateIds: [],
    log: [],
    ended: null,
  };
}

/** `foldRunEvents` of one event. */
export function foldRunEvent(view: RunView, event: RunEvent): RunView {
  return foldRunEvents(view, [event]);
}

/**
 * The view after these events, in order; `view` stays as it is. The same on the server and in the browser, and the
 * same however the events are cut into batches. Events that are known already are ignored; nothing new gives `view`
 * itself back. Throws `RunEventGapError` when one is missing, and an `Error` when an event is of another run.
 */
export function foldRunEvents(view: RunView, events: readonly RunEvent[]): RunView {
  const fresh = events.filter(({ seq }) => seq > view.lastSeq);
  if (fresh.length === 0) return view;
  const draft = draftOf(view);
  for (const event of fresh) {
    if (event.runId !== view.runId) throw new Error(`event of ${event.runId} in the view of ${view.runId}`);
    if (event.seq <= draft.view.lastSeq) continue;
    if (event.seq !== draft.view.lastSeq + 1) throw new RunEventGapError(draft.view.lastSeq + 1, event.seq);
    draft.view.lastSeq = event.seq;
    apply(draft, event.body);
    const entry = logEntryOf(event);
    if (entry) draft.log(entry);
  }
  settleMeans(draft);
  draft.view.trying = tryingNow(draft.view);
  return draft.view;
}

type Body<Type extends RunEventBody["type"]> = Extract<RunEventBody, { type: Type }>;
type RunBody = Exclude<RunEventBody, ProposalBody>;

function apply(draft: RunViewDraft, body: RunEventBody): void {
  if ("metricCalls" in body) draft.view.metricCalls = Math.max(draft.view.metricCalls, body.metricCalls);
  if ("proposalId" in body) applyToProposal(draft, body);
  else applyToRun(draft, body);
}

/** What concerns the run as a whole. */
function applyToRun(draft: RunViewDraft, body: RunBody): void {
  const { view } = draft;
  switch (body.type) {
    case "run-started":
      view.seedCandidateId = body.seedCandidateId;
      view.trainset = body.trainset;
      view.valset = body.valset;
      view.maxMetricCalls = body.maxMetricCalls;
      draft.row(body.seedCandidateId, null);
      // every mean is over the valset, which is known from here on
      for (const { candidateId } of view.candidates) draft.rescored.add(candidateId);
      return;
    case "seed-evaluated":
      applySeed(draft, body);
      return;
    case "front-updated":
      applyFront(draft, body);
      return;
    case "recommendation-changed":
      view.recommended = { candidateId: body.candidateId, estimate: body.estimate, scoredOn: body.scoredOn };
      view.curve.push({
        metricCalls: body.metricCalls,
        candidateId: body.candidateId,
        score: body.estimate,
        kind: "best",
      });
      return;
    case "input-received":
      applyInput(view, body.input);
      return;
    case "run-ended":
      applyEnd(view, body);
      return;
    case "rollout-finished":
      applyRollout(draft, body);
      return;
    case "budget-updated":
      view.reflections = Math.max(view.reflections, body.reflections);
      return;
    case "phase-changed":
      view.phase = body.phase;
      return;
    default:
      applyHost(view, body);
  }
}

type HostBody = Body<
  "money-updated" | "forecast-updated" | "luck-updated" | "paused" | "resumed" | "run-failed"
>;

function applyHost(view: RunView, body: HostBody): void {
  switch (body.type) {
    case "money-updated":
      view.spentUsd = body.spentUsd;
      view.savedUsd = body.savedUsd;
      return;
    case "forecast-updated":
      view.minutesLeft = body.minutesLeft;
      view.usdAtEnd = body.usd;
      return;
    case "luck-updated":
      view.luckBand.push({ metricCalls: body.metricCalls, low: body.low, high: body.high });
      return;
    case "paused":
      view.paused = { cause: body.cause, byPerson: body.byPerson };
      return;
    case "resumed":
      view.paused = null;
      view.failed = null;
      view.repeatedAfterCrash += body.repeatedAfterCrash;
      return;
    case "run-failed":
      view.failed = body.cause;
      view.minutesLeft = null;
      return;
    default:
      assertNever(body);
  }
}

function applySeed(draft: RunViewDraft, body: Body<"seed-evaluated">): void {
  const { view } = draft;
  const isFirst = !view.curve.some(({ kind }) => kind === "seed");
  const known = new Set(view.excluded.map(({ exampleId }) => exampleId));
  view.excluded = [...view.excluded, ...body.excluded.filter(({ exampleId }) => !known.has(exampleId))];
  keepScores(draft, body.candidateId, body.scores);
  draft.row(body.candidateId, null).metricCalls = body.metricCalls;
  if (isFirst) {
    view.curve.push({
      metricCalls: body.metricCalls,
      candidateId: body.candidateId,
      score: body.meanScore,
      kind: "seed",
    });
  }
}

function applyFront(draft: RunViewDraft, { front }: Body<"front-updated">): void {
  const bestOn = new Map(front.map((place) => [place.candidateId, place.bestOn]));
  for (const { candidateId, proposalId, bestOn: before } of [...draft.view.candidates]) {
    const now = bestOn.get(candidateId) ?? [];
    if (now.length > 0 || before.length > 0) draft.row(candidateId, proposalId).bestOn = now;
  }
}

function applyInput(view: RunView, input: Body<"input-received">["input"]): void {
  switch (input.kind) {
    case "stop":
      return;
    case "hint":
      if (!view.hints.includes(input.text)) view.hints.push(input.text);
      return;
    case "withdraw-hint":
      view.hints = view.hints.filter((hint) => hint !== input.text);
      return;
    case "exclude-candidate":
      view.excludedCandidateIds = [...new Set([...view.excludedCandidateIds, input.candidateId])];
      return;
    case "pin-parent":
      view.pinnedParentId = input.candidateId;
      return;
    case "raise-budget":
      view.maxMetricCalls = Math.max(view.maxMetricCalls, input.maxMetricCalls);
      return;
    case "add-candidate":
      return;
    default:
      assertNever(input);
  }
}

function applyEnd(view: RunView, body: Body<"run-ended">): void {
  const { stopReason, detail, recommendedCandidateId, seedScore, recommendedScore } = body;
  view.phase = "ended";
  view.paused = null;
  view.minutesLeft = null;
  view.usdAtEnd = null;
  view.ended = { stopReason, detail, recommendedCandidateId, seedScore, recommendedScore };
}

function applyRollout(
  draft: RunViewDraft,
  { candidateId, exampleId, score, cause }: Body<"rollout-finished">,
): void {
  if (score === null && cause !== undefined) draft.view.failures = countCause(draft.view.failures, cause);
  keepScores(draft, candidateId, [{ exampleId, score }]);
}

/** Causes told apart; those that come after so many others are counted together. */
const MAX_CAUSES = 12;

function countCause(known: RunView["failures"], cause: string): RunView["failures"] {
  const isNew = !known.some((one) => one.cause === cause);
  const under = isNew && known.filter((one) => one.cause !== "").length >= MAX_CAUSES ? "" : cause;
  if (!known.some((one) => one.cause === under)) return [...known, { cause: under, count: 1 }];
  return known.map((one) => (one.cause === under ? { ...one, count: one.count + 1 } : one));
}

/** Means over the valset ids scored so far, of the rows whose scores changed: once a batch, since it reads them all. */
function settleMeans(draft: RunViewDraft): void {
  const { view } = draft;
  for (const candidateId of draft.rescored) {
    const known = view.scores[candidateId] ?? {};
    const onValset = view.valset.flatMap((exampleId) => known[exampleId] ?? []);
    const row = draft.row(candidateId, null);
    row.scoredOn = onValset.length;
    row.meanScore = onValset.length === 0 ? null : mean(onValset);
  }
}

/** The youngest suggested edit that is still open; a function of the rows, so that batches do not matter. */
function tryingNow(view: RunView): RunView["trying"] {
  if (view.ended || view.failed !== null) return null;
  const row = view.candidates.findLast(
    ({ status, shownExampleIds, byHand }) => status === "trying" && (byHand || shownExampleIds.length > 0),
  );
  if (!row?.proposalId) return null;
  const { proposalId, parentIds, summary, shownExampleIds, candidateId } = row;
  const scored = Object.values(view.scores[candidateId] ?? {}).filter((score) => score !== null).length;
  return { proposalId, parentIds, summary, exampleIds: shownExampleIds, scored };
}
