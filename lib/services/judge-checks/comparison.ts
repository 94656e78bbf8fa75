import "server-only";
import type { Judge } from "@/db/repos/judges.repo";
import type { TraceWithVerdicts } from "@/db/repos/traces.repo";
import type { JudgeComparison } from "@/lib/contracts/judge-checks";
import type { Actor } from "@/lib/contracts/permissions";
import type { Verdict } from "@/lib/judge";
import { findVersion, judgeVersionView } from "../judges/judge-views";
import { rulerSentence } from "../judges/ruler";
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
    rulerSentence: rulerSentence(deps, judge, before.id, after.id),
    missingTraceIds: answers
      .filter((one) => one.before === null || one.after === null)
      .map(({ trace }) => trace.id),
    host,
    simulated,
  };
}

function gradeBy({ verdicts }: TraceWithVerdicts, versionId: string): Verdict | null {
  const found = verdicts.find((one) => one.judgeVersionId === versionId && one.sample === 0);
  return found?.status === "graded" ? found : null;
}
