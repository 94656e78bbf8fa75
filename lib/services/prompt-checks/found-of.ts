import "server-only";
import type { EvidenceLook } from "@/db/repos/evidence.repo";
import type { PromptCheck } from "@/db/repos/prompt-checks.repo";
import type { Review } from "@/db/repos/reviews.repo";
import type { StoredRollout } from "@/db/repos/rollouts.repo";
import type { CheckedPair, PromptCheckResult } from "@/lib/contracts/prompt-checks";
import { type EvidenceVerdict, evidenceVerdict } from "@/lib/stats/evidence";
import { judgesOfLook } from "../evidence/evidence-job";
import { isScored, outcomeOf, passesGuard } from "../evidence/evidence-readings";
import { createEvidenceScale, type EvidenceScale } from "../evidence/evidence-scale";
import { questionOf } from "../evidence/question-of";
import type { ServiceDeps } from "../service-deps";
import { checkHeadline, checkSentence, checkVerdict } from "./check-words";

export const checkSides = ["kept", "fresh"] as const;
export type CheckSide = (typeof checkSides)[number];

/** What a check found, from its readings alone: read again, they say the same. */
export function foundOf(
  deps: Pick<ServiceDeps, "repos">,
  review: Review,
  look: EvidenceLook,
  check: PromptCheck,
): PromptCheckResult {
  const { repos } = deps;
  const scale = createEvidenceScale(judgesOfLook(deps, review, check));
  const reading = readingsOf(repos.rollouts.listByOwner({ kind: "prompt-check", id: check.id }));
  const records = repos.snapshots.listForEvidence(look.snapshotId ?? "");
  const pairs = records.map(({ recordId, inputs, set, critical }) => {
    const [kept, fresh] = [reading("kept", recordId), reading("fresh", recordId)];
    const question = questionOf(inputs.messages);
    return { recordId, question, set, critical, kept, fresh, outcome: outcomeOf(kept, fresh) };
  });
  const counted = pairs.filter(({ set }) => set === "sealed");
  const verdict = evidenceVerdict({
    pairs: counted.flatMap(({ kept, fresh }) =>
      isScored(kept) && isScored(fresh) ? [{ before: kept.score, after: fresh.score }] : [],
    ),
    failedPairs: counted.filter(({ outcome }) => outcome === "not-scored").length,
    look: check.number,
    seed: check.id,
  });
  return {
    ...figuresOf(verdict, scale),
    verdict: checkVerdict(verdict),
    headline: checkHeadline(verdict),
    sentence: checkSentence(verdict, scale),
    failing: pairs
      .filter(
        ({ critical, kept, fresh }) => critical && passesGuard(scale, kept) && !passesGuard(scale, fresh),
      )
      .map((pair) => shownPair(pair, scale)),
    pairs: counted.toSorted((a, b) => dropOf(b) - dropOf(a)).map((pair) => shownPair(pair, scale)),
  };
}

type Pair = Pick<CheckedPair, "recordId" | "question" | "outcome"> & Record<CheckSide, StoredRollout | null>;

function shownPair({ recordId, question, outcome, kept, fresh }: Pair, scale: EvidenceScale): CheckedPair {
  return {
    recordId,
    question,
    outcome,
    kept: { grade: scale.gradeOf(kept), output: kept?.output ?? "" },
    fresh: { grade: scale.gradeOf(fresh), output: fresh?.output ?? "" },
  };
}

/** Of each side and record the first reading that was scored, else the last failure. */
function readingsOf(rollouts: readonly StoredRollout[]) {
  return (side: CheckSide, recordId: string): StoredRollout | null => {
    const own = rollouts.filter((one) => one.candidateId === side && one.recordId === recordId);
    return own.find(isScored) ?? own.at(-1) ?? null;
  };
}

/** How far a record fell; one that could not be scored stands between those that fell and those that did not. */
function dropOf({ kept, fresh }: Pick<Pair, CheckSide>): number {
  return isScored(kept) && isScored(fresh) ? kept.score - fresh.score : 1e-6;
}

function figuresOf(
  { counts, meanBefore, meanAfter, gain, pValue, alpha }: EvidenceVerdict,
  scale: EvidenceScale,
) {
  const shown = (score: number | null): number | null => (score === null ? null : scale.toShown(score));
  return {
    counts,
    meanThen: shown(meanBefore),
    meanNow: shown(meanAfter),
    change: gain && {
      value: scale.difference(gain.value),
      low: scale.difference(gain.low),
      high: scale.difference(gain.high),
    },
    pValue,
    alpha,
  };
}
