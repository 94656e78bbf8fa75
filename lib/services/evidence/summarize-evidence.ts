import "server-only";
import type { EvidenceResult } from "@/db/formats";
import type { StoredRollout } from "@/db/repos/rollouts.repo";
import type { PinnedRecord } from "@/db/repos/snapshots.repo";
import type { RolloutJudge } from "@/lib/rollouts/types";
import { evidenceVerdict } from "@/lib/stats/evidence";
import { mean } from "@/lib/util/math";
import {
  CONFIRMING_SAMPLES,
  indexReadings,
  isConfirmed,
  isErrorLoss,
  isScored,
  looksLikeLoss,
  outcomeOf,
  passesGuard,
  type Readings,
  type Side,
} from "./evidence-readings";
import { createEvidenceScale, type EvidenceScale } from "./evidence-scale";
import { headlineOf, sentenceOf } from "./evidence-words";
import { questionOf } from "./question-of";

/** A tag with fewer pairs says nothing about its group. */
const FEW_PAIRS = 5;

interface EvidenceFacts {
  /** Sealed records, and those that must never fail, as they were frozen. */
  records: readonly PinnedRecord[];
  /** Every reading of the look. */
  rollouts: readonly StoredRollout[];
  judges: readonly RolloutJudge[];
  look: number;
  seed: string;
  modelCalls: number;
  costUsd: number | null;
}

/** What a look found, from its readings alone. Pure: the same readings give the same result. */
export function summarizeEvidence(facts: EvidenceFacts): EvidenceResult {
  const scale = createEvidenceScale(facts.judges);
  const readings = indexReadings(facts.rollouts);
  const pairs = facts.records.map((record) => pairOf(record, readings, scale));
  const counted = pairs.filter((pair) => pair.counted);
  const verdict = evidenceVerdict({
    pairs: counted.flatMap(({ before, after }) =>
      before.score === null || after.score === null ? [] : [{ before: before.score, after: after.score }],
    ),
    failedPairs: counted.filter(({ outcome }) => outcome === "not-scored").length,
    look: facts.look,
    seed: facts.seed,
  });
  const { gain, meanBefore, meanAfter } = verdict;
  const shown = (score: number | null): number | null => (score === null ? null : scale.toShown(score));
  return {
    verdict: verdict.verdict,
    headline: headlineOf(verdict),
    sentence: sentenceOf(verdict, scale),
    counts: verdict.counts,
    meanBefore: shown(meanBefore),
    meanAfter: shown(meanAfter),
    gain: gain && {
      low: scale.difference(gain.low),
      high: scale.difference(gain.high),
      value: scale.difference(gain.value),
    },
    pValue: verdict.pValue,
    alpha: verdict.alpha,
    morePairsNeeded: verdict.morePairsNeeded,
    byTag: byTag(counted),
    pairs,
    critical: guardOf(facts.records, readings, scale),
    losses: lossesOf(facts.records, readings, scale),
    perAnswer: {
      before: perAnswer(facts.rollouts, "baseline"),
      after: perAnswer(facts.rollouts, "candidate"),
    },
    modelCalls: facts.modelCalls,
    costUsd: facts.costUsd,
  };
}

type Pair = EvidenceResult["pairs"][number];

function pairOf(
  { recordId, inputs, tags, critical, set }: PinnedRecord,
  readings: Readings,
  scale: EvidenceScale,
): Pair {
  const before = readings.counted("baseline", recordId);
  const after = readings.counted("candidate", recordId);
  const side = (reading: StoredRollout | null) => ({
    output: reading?.output ?? "",
    shown: scale.gradeOf(reading),
    score: isScored(reading) ? reading.score : null,
    rationale: reading === null ? "" : isScored(reading) ? reading.feedback : (reading.cause ?? ""),
  });
  return {
    recordId,
    question: questionOf(inputs.messages),
    tags,
    critical,
    counted: set === "sealed",
    before: side(before),
    after: side(after),
    outcome: outcomeOf(before, after),
  };
}

/** Tags by their number of records, the largest first. */
function byTag(pairs: readonly Pair[]): EvidenceResult["byTag"] {
  const tags = [...new Set(pairs.flatMap((pair) => pair.tags))];
  return tags
    .map((tag) => {
      const own = pairs.filter((pair) => pair.tags.includes(tag));
      const count = (outcome: Pair["outcome"]): number =>
        own.filter((pair) => pair.outcome === outcome).length;
      const [better, worse, same] = [count("better"), count("worse"), count("same")];
      return { tag, better, worse, same, tooFew: better + worse + same < FEW_PAIRS };
    })
    .sort((a, b) => b.better + b.worse + b.same - (a.better + a.worse + a.same) || (a.tag < b.tag ? -1 : 1));
}

function lossesOf(
  records: readonly PinnedRecord[],
  readings: Readings,
  scale: EvidenceScale,
): EvidenceResult["losses"] {
  const losses = records
    .filter(({ set }) => set === "sealed")
    .flatMap(({ recordId, inputs }) => {
      const before = readings.counted("baseline", recordId);
      const after = readings.counted("candidate", recordId);
      const facts = {
        recordId,
        question: questionOf(inputs.messages),
        before: scale.gradeOf(before),
        accepted: null,
      };
      if (isErrorLoss(before, after)) {
        return [
          {
            ...facts,
            after: "no grade",
            confirmed: true,
            readings: `three tries: ${after?.cause ?? "no answer"}`,
          },
        ];
      }
      if (outcomeOf(before, after) !== "worse") return [];
      const isWorthReading = looksLikeLoss(scale, before, after) && readings.hasFresh("candidate", recordId);
      const [old, fresh] = [readings.fresh("baseline", recordId), readings.fresh("candidate", recordId)];
      const confirmed = isWorthReading && isConfirmed(scale, old, fresh);
      return [
        {
          ...facts,
          after: scale.gradeOf(after),
          confirmed,
          readings: isWorthReading ? freshWords(scale, old, fresh) : "",
        },
      ];
    });
  return losses.sort((a, b) => Number(b.confirmed) - Number(a.confirmed));
}

/** "three more readings: 4, 4, 5 before; 2, 2, 3 after". */
function freshWords(
  scale: EvidenceScale,
  before: readonly StoredRollout[],
  after: readonly StoredRollout[],
): string {
  const list = (side: readonly StoredRollout[]): string =>
    side.map((one) => scale.gradeOf(one)).join(", ") || "no grade";
  return `three more readings: ${list(before)} before; ${list(after)} after`;
}

/**
 * The records that must never fail, which block at their first failure. Three clean fresh readings make a failure
 * liftable, and so does production failing there no less.
 */
function guardOf(
  records: readonly PinnedRecord[],
  readings: Readings,
  scale: EvidenceScale,
): EvidenceResult["critical"] {
  const guard = records.filter(({ critical }) => critical);
  const cases = guard.flatMap(({ recordId, inputs }) => {
    const reading = readings.counted("candidate", recordId);
    if (passesGuard(scale, reading)) return [];
    const before = readings.counted("baseline", recordId);
    const fresh = readings.fresh("candidate", recordId);
    const isClean =
      fresh.length === CONFIRMING_SAMPLES.length && fresh.every((one) => passesGuard(scale, one));
    // A failure that production has too is no harm done by the change; still it takes an approver's word.
    const isOld =
      isScored(reading) && isScored(before) && !passesGuard(scale, before) && reading.score >= before.score;
    const freshGrades =
      fresh.length === 0 ? [] : [`three more readings: ${fresh.map((one) => scale.gradeOf(one)).join(", ")}`];
    return [
      {
        recordId,
        question: questionOf(inputs.messages),
        before: scale.gradeOf(before),
        after: scale.gradeOf(reading),
        rationale: isScored(reading) ? reading.feedback : (reading?.cause ?? ""),
        liftable: isClean || isOld,
        readings: [...(isOld ? ["production fails it too"] : []), ...freshGrades].join("; "),
        lifted: null,
      },
    ];
  });
  return {
    passed: guard.length - cases.length,
    of: guard.length,
    failing: cases.map(({ recordId }) => recordId),
    cases,
  };
}

/** Means over the answers whose cost is known; null where it is not. */
function perAnswer(rollouts: readonly StoredRollout[], side: Side) {
  const own = rollouts.filter(({ candidateId, sample }) => candidateId === side && sample === 0);
  const meanOf = (values: readonly (number | null)[]): number | null => {
    const known = values.filter((value) => value !== null);
    return known.length === 0 ? null : mean(known);
  };
  return {
    costUsd: meanOf(own.map(({ costUsd }) => costUsd)),
    ms: meanOf(own.map(({ latencyMs }) => latencyMs)),
    tokens: meanOf(
      own.map(({ inputTokens, outputTokens }) =>
        inputTokens === null || outputTokens === null ? null : inputTokens + outputTokens,
      ),
    ),
  };
}
