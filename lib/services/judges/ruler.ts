import "server-only";
import type { Judge } from "@/db/repos/judges.repo";
import { denormalise } from "@/lib/judge";
import { mean } from "@/lib/util/math";
import type { ServiceDeps } from "../service-deps";

/** Answers looked at, the newest first; older ones say little about the ruler of today. */
const MAX_ANSWERS = 500;

/** Means of the same answers under two versions, in the scale's units. */
interface TwoMeans {
  before: number;
  after: number;
}

/**
 * How the means of the same answers move when a version takes the place of another: "the assistant did not change; the
 * ruler did" (ux.md, moment 6). Null where no answers are known under both, or grades have no numbers.
 */
export function rulerSentence(
  deps: Pick<ServiceDeps, "repos">,
  judge: Judge,
  oldVersionId: string | null,
  newVersionId: string,
): string | null {
  if (oldVersionId === null || oldVersionId === newVersionId || judge.scale.kind === "categories")
    return null;
  const means =
    meansOfAnswers(deps, judge, oldVersionId, newVersionId) ??
    meansOfTeaching(deps, judge, oldVersionId, newVersionId);
  return means === null ? null : wordsOf(judge, means);
}

/** From verdicts that both versions gave to the same answers. */
function meansOfAnswers(
  { repos }: Pick<ServiceDeps, "repos">,
  judge: Judge,
  oldVersionId: string,
  newVersionId: string,
): TwoMeans | null {
  const pairs = repos.traces.list(judge.projectId, { limit: MAX_ANSWERS }).items.flatMap(({ verdicts }) => {
    const scoreOf = (versionId: string): number | null => {
      const verdict = verdicts.find((one) => one.judgeVersionId === versionId && one.sample === 0);
      return verdict?.status === "graded" ? verdict.normalised : null;
    };
    const [before, after] = [scoreOf(oldVersionId), scoreOf(newVersionId)];
    return before === null || after === null ? [] : [{ before, after }];
  });
  if (pairs.length === 0) return null;
  return {
    before: denormalise(judge.scale, mean(pairs.map(({ before }) => before))),
    after: denormalise(judge.scale, mean(pairs.map(({ after }) => after))),
  };
}

/** From the agreement test of the teaching that made the new version from the old one: both judged the same answers. */
function meansOfTeaching(
  { repos }: Pick<ServiceDeps, "repos">,
  judge: Judge,
  oldVersionId: string,
  newVersionId: string,
): TwoMeans | null {
  const teaching = repos.alignments
    .list(judge.id)
    .find(
      ({ baseVersionId, draftVersionId }) =>
        baseVersionId === oldVersionId && draftVersionId === newVersionId,
    );
  const [before, after] = [teaching?.before?.meanGrade ?? null, teaching?.after?.meanGrade ?? null];
  return before === null || after === null ? null : { before, after };
}

function wordsOf({ scale }: Judge, { before, after }: TwoMeans): string {
  const isShare = scale.kind === "boolean";
  const shown = (value: number): string => (isShare ? `${Math.round(value * 100)} %` : value.toFixed(1));
  const what = isShare
    ? `the share of the same answers graded "${scale.trueLabel}"`
    : "the mean of the same answers";
  const end = "The assistant did not change; the ruler did.";
  if (shown(before) === shown(after)) {
    return `Grades from now on are about as strict as before: ${what} stays at ${shown(after)}.`;
  }
  return `Grades from now on are ${after < before ? "stricter" : "kinder"}: ${what} goes from ${shown(before)} to ${shown(after)}. ${end}`;
}
