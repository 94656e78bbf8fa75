import "server-only";
import type { AbCheck } from "@/db/repos/reviews.repo";
import type { StoredRollout } from "@/db/repos/rollouts.repo";
import type { RolloutJudge } from "@/lib/rollouts/types";
import { sum } from "@/lib/util/math";
import { blindResultOf } from "../blind/blind-result";
import { createEvidenceScale } from "../evidence/evidence-scale";
import { summarizeEvidence } from "../evidence/summarize-evidence";
import { contentHashOf } from "../prompts/new-version";
import { practiceFigures } from "../reviews/practice-results";
import { type Bundle, type BundleLook, bundleSchema } from "./bundle-format";
import { checkDecision } from "./check-decision";
import { compare, type Figure } from "./compare-figures";
import { areWhole, erasedTexts } from "./erased-texts";

export interface BundleReport {
  /** What the card states beside what its own data give. */
  figures: Figure[];
  /** What can no longer be read, in words. */
  erased: string[];
  agrees: boolean;
}

/**
 * Computes every figure of a review's card again, from the readings, choices and scores in the file alone, and says
 * which agree. Throws a `ZodError` on what is no bundle.
 */
export function verifyBundle(content: unknown): BundleReport {
  const bundle = bundleSchema.parse(content);
  const figures = [
    ...hashes(bundle),
    ...bundle.looks.flatMap(lookFigures),
    ...practice(bundle),
    ...checkDecision(bundle),
  ];
  return { figures, erased: erasedTexts(bundle), agrees: figures.every(({ agrees }) => agrees) };
}

/** A hash stays when words are erased; it can then not be computed again, which the report says apart. */
function hashes({ review, baseline, promotion }: Bundle): Figure[] {
  const named = [
    { name: "hash of the words under review", words: review },
    ...(baseline ? [{ name: `hash of v${baseline.version}`, words: baseline }] : []),
    ...(promotion ? [{ name: "hash of the promoted version", words: promotion.version }] : []),
  ];
  return named
    .filter(({ words }) => areWhole(words))
    .map(({ name, words }) => compare(name, words.contentHash, contentHashOf(words)));
}

function lookFigures(look: BundleLook): Figure[] {
  const name = `look ${look.look}`;
  const { result } = look;
  if (result === null) return [];
  const found = summarizeEvidence({
    records: look.records,
    rollouts: look.readings.map((reading) => asRollout(look.id, reading)),
    judges: look.judges.map(asJudge),
    look: look.look,
    seed: look.id,
    modelCalls: sum(look.calls.map(({ calls }) => calls)),
    costUsd: costOf(look.calls),
  });
  const { pairs, losses, critical, byTag, perAnswer, counts, gain, ...plain } = found;
  return [
    ...Object.entries(plain).map(([key, value]) =>
      compare(`${name}: ${key}`, result[key as keyof typeof plain], value),
    ),
    compare(`${name}: counts`, result.counts, counts),
    compare(`${name}: gain`, result.gain, gain),
    ...byTag.map((tag, index) => compare(`${name}: by tag, ${tag.tag}`, result.byTag[index], tag)),
    compare(`${name}: number of tags`, result.byTag.length, byTag.length),
    compare(`${name}: money, time and tokens an answer`, result.perAnswer, perAnswer),
    compare(`${name}: each pair`, result.pairs.map(gradesOf), pairs.map(gradesOf)),
    compare(`${name}: losses`, result.losses.map(lossOf), losses.map(lossOf)),
    compare(
      `${name}: must never fail`,
      [result.critical.passed, result.critical.of, result.critical.cases.map(caseOf)],
      [critical.passed, critical.of, critical.cases.map(caseOf)],
    ),
    ...blindFigures(name, look),
  ];
}

const gradesOf = ({ recordId, counted, outcome, before, after }: Pair) => [
  recordId,
  counted,
  outcome,
  before.shown,
  before.score,
  after.shown,
  after.score,
];
const lossOf = ({ recordId, before, after, confirmed, readings }: Loss) => [
  recordId,
  before,
  after,
  confirmed,
  readings,
];
const caseOf = ({ recordId, before, after, liftable, readings }: Case) => [
  recordId,
  before,
  after,
  liftable,
  readings,
];
type Result = NonNullable<BundleLook["result"]>;
type Pair = Result["pairs"][number];
type Loss = Result["losses"][number];
type Case = Result["critical"]["cases"][number];

function blindFigures(name: string, look: BundleLook): Figure[] {
  if (look.blind === null) return [];
  const { askedBy, askedAt, checks, result } = look.blind;
  const questions = new Map(look.result?.pairs.map(({ recordId, question }) => [recordId, question]));
  const found = blindResultOf({
    askedBy,
    askedAt,
    checks: checks.map((check) => asCheck(look.id, check)),
    nameOf: (expert) => expert,
    questionOf: (recordId) => questions.get(recordId) ?? "",
  });
  return [compare(`${name}: blind comparison`, result, found)];
}

function practice({ practice: stated, run }: Bundle): Figure[] {
  if (run === null) return [];
  const scale = createEvidenceScale(run.judges.map((judge) => asJudge({ ...EMPTY_JUDGE, ...judge })));
  const found = practiceFigures(
    scale,
    Object.keys(run.startingScores),
    run.startingScores,
    run.candidateScores,
  );
  return [compare("in practice", stated, found)];
}

const EMPTY_JUDGE = { name: "", version: 0, anchors: [], instructions: "", guidelines: [] };

function asJudge({ versionId, name, scale, goodEnough, weight }: BundleLook["judges"][number]): RolloutJudge {
  return {
    weight,
    model: { connectionId: "", model: "", settings: {} },
    snapshot: {
      judgeId: "",
      versionId,
      name,
      scale,
      goodEnough,
      anchors: [],
      instructions: "",
      guidelines: [],
      episodes: [],
      retrieval: { kind: "lexical" },
      rule: null,
    },
  };
}

function asRollout(lookId: string, { side, ...reading }: BundleLook["readings"][number]): StoredRollout {
  return {
    ...reading,
    id: `${side}:${reading.recordId}:${reading.sample}`,
    owner: { kind: "evidence", id: lookId },
    candidateId: side,
    purpose: "",
    outputKey: "",
    verdictKey: null,
    steps: [],
    objectives: {},
    answered: reading.output !== null,
    paid: true,
    simulated: false,
    createdAt: 0,
  };
}

function asCheck(
  lookId: string,
  { expert, ...check }: NonNullable<BundleLook["blind"]>["checks"][number],
): AbCheck {
  return {
    ...check,
    id: `${expert}:${check.position}`,
    reviewId: "",
    evidenceId: lookId,
    userId: expert,
    firstOutput: "",
    secondOutput: "",
    answeredAt: null,
    createdAt: 0,
  };
}

function costOf(calls: BundleLook["calls"]): number | null {
  const costs = calls.map(({ costUsd }) => costUsd);
  return costs.length === 0 || costs.includes(null)
    ? null
    : costs.reduce<number>((all, one) => all + (one ?? 0), 0);
}
