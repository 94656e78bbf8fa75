import "server-only";
import type { Judge } from "@/db/repos/judges.repo";
import type { TraceWithVerdicts } from "@/db/repos/traces.repo";
import type { JudgeComparison } from "@/lib/contracts/judge-checks";
import type { Actor } from "@/lib/contracts/permissions";
import { compareToLine, isOnScale, learnedFrom, type ScaleValue, type Verdict } from "@/lib/judge";
import { findVersion, judgeVersionView } from "../judges/judge-views";
import { rulerSentence } from "../judges/ruler";
import { judgeSnapshotOf } from "../runs/run-frame";
import type { ServiceDeps } from "../service-deps";
import { answersToTry, answerViews, readingOf } from "./check-answers";
import { judgingModels } from "./check-subject";

/** Two versions beside each other: "the assistant did not change; the ruler did". Spends nothing. */
export function comparisonOf(
  deps: Pick<ServiceDeps, "repos" | "now">,
  actor: Actor,
  judge: Judge,
  ids: { before: string; after: string },
): JudgeComparison {
  const before = findVersion(deps, judge, ids.before);
  const after = findVersion(deps, judge, ids.after);
  const answers = answersToTry(deps, actor, judge).map((trace) => ({
    trace,
    before: gradeBy(trace, before.id),
    after: gradeBy(trace, after.id),
  }));
  const both = answers.filter((one) => one.before !== null && one.after !== null);
  const views = new Map(
    answerViews(
      deps,
      judge,
      both.map(({ trace }) => trace),
    ).map((view) => [view.traceId, view]),
  );
  const { host, simulated } = judgingModels(deps, judge);
  return {
    judgeId: judge.id,
    before: judgeVersionView(before),
    after: judgeVersionView(after),
    answers: both.flatMap(({ trace, before: old, after: fresh }) => {
      const view = views.get(trace.id);
      return view && old && fresh
        ? [{ ...view, before: readingOf(judge, old), after: readingOf(judge, fresh) }]
        : [];
    }),
    unseen: agreementOnUnseen(deps, judge, both, [before.id, after.id]),
    rulerSentence: rulerSentence(deps, judge, before.id, after.id),
    missingTraceIds: answers
      .filter((one) => one.before === null || one.after === null)
      .map(({ trace }) => trace.id),
    host,
    simulated,
  };
}

/** Fewer labels than this say nothing about an edit. */
const LEAST_UNSEEN = 10;

/** Agreement of both with labels that neither learned from, on the side of the line (or the grade, without a line). */
function agreementOnUnseen(
  deps: Pick<ServiceDeps, "repos">,
  judge: Judge,
  graded: readonly { trace: TraceWithVerdicts; before: Verdict | null; after: Verdict | null }[],
  versionIds: readonly string[],
): JudgeComparison["unseen"] {
  const snapshots = versionIds.map((id) => judgeSnapshotOf(deps, id));
  const seen = new Set(snapshots.flatMap((snapshot) => [...learnedFrom(snapshot)]));
  const goodEnough = snapshots.at(-1)?.goodEnough ?? null;
  const sideOf = (value: ScaleValue): ScaleValue => compareToLine(judge.scale, goodEnough, value) ?? value;
  const agrees = (verdict: Verdict | null, value: ScaleValue): boolean =>
    verdict?.status === "graded" && sideOf(verdict.value) === sideOf(value);
  const pairs = deps.repos.labels
    .list(judge.projectId, { judgeId: judge.id, traceIds: graded.map(({ trace }) => trace.id) })
    .filter(({ id, value }) => !seen.has(id) && isOnScale(judge.scale, value))
    .flatMap((label) => {
      const one = graded.find(({ trace }) => trace.id === label.traceId);
      return one ? [{ before: agrees(one.before, label.value), after: agrees(one.after, label.value) }] : [];
    });
  if (pairs.length < LEAST_UNSEEN) return null;
  return {
    n: pairs.length,
    before: pairs.filter(({ before }) => before).length,
    after: pairs.filter(({ after }) => after).length,
  };
}

function gradeBy({ verdicts }: TraceWithVerdicts, versionId: string): Verdict | null {
  const found = verdicts.find((one) => one.judgeVersionId === versionId && one.sample === 0);
  return found?.status === "graded" ? found : null;
}
