import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type GradeScale, type ReviewOutcome, simulateReview, type Truth } from "./simulated-review";

const LOOKS = 5;
/** Share of reviews in which a change that is none may be called better, all looks together. */
const MOST_FALSE = 0.05;

const GRADES: GradeScale = { name: "grades 1 to 5", low: 1, high: 5, noise: 0.6 };
const PASS_FAIL: GradeScale = { name: "pass or fail", low: 0, high: 1, noise: 0.35 };

/** Candidates that are equal to production in truth. */
const EQUALS: readonly { truth: Truth; scale: GradeScale }[] = [
  { truth: { name: "the same on every record", gain: 0, spread: 0 }, scale: GRADES },
  {
    truth: { name: "better on half of all records, worse on half, by 0.7 grades", gain: 0, spread: 0.7 },
    scale: GRADES,
  },
  { truth: { name: "the same on every record", gain: 0, spread: 0 }, scale: PASS_FAIL },
  {
    truth: { name: "better on half of all records, worse on half", gain: 0, spread: 0.3 },
    scale: PASS_FAIL,
  },
];
const SIZES = [8, 18, 32, 60] as const;
const GAINS = [0.2, 0.3, 0.5, 0.7, 0.9, 1.2] as const;
const POWER_SIZES = [8, 12, 18, 32, 60, 100] as const;

/**
 * `npm run bench -- gate [--reviews 1000] [--power-reviews 300]`: how often a change that is none is called better, five
 * looks included, and how often a true gain is shown. Also written to bench/results. Fails when a share is above 5 %.
 */
export async function runGateBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      reviews: { type: "string", default: "1000" },
      "power-reviews": { type: "string", default: "300" },
    },
  });
  const reviews = Number(values.reviews);
  const equal = equalRows(reviews);
  const text = [
    `A/A: a candidate equal in truth, ${reviews} reviews a row, up to ${LOOKS} looks, the product's own verdict.`,
    "",
    equalTable(equal),
    "",
    `Power: share of ${values["power-reviews"]} reviews that say *better*, first look / within ${LOOKS} looks, ${GRADES.name}.`,
    "",
    powerTable(Number(values["power-reviews"])),
  ].join("\n");
  console.log(text);
  const folder = join(import.meta.dirname, "../results");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "gate.md"), `${text}\n`);
  const worst = Math.max(...equal.map(({ better }) => better));
  console.log(
    `\nWorst share of changes called better that are none: ${percent(worst)}; allowed: ${percent(MOST_FALSE)}.`,
  );
  if (worst > MOST_FALSE) process.exitCode = 1;
}

interface EqualRow {
  scale: string;
  truth: string;
  records: number;
  first: number;
  better: number;
  worse: number;
  uncorrected: number;
}

function equalRows(reviews: number): EqualRow[] {
  return EQUALS.flatMap(({ truth, scale }, kind) =>
    SIZES.map((records) => {
      const outcomes = simulate(reviews, { truth, scale, records, looks: LOOKS, seed: `equal:${kind}` });
      return {
        scale: scale.name,
        truth: truth.name,
        records,
        first: share(outcomes, ({ first }) => first === "better"),
        better: share(outcomes, ({ everBetter }) => everBetter),
        worse: share(outcomes, ({ everWorse }) => everWorse),
        uncorrected: share(outcomes, ({ everBetterUncorrected }) => everBetterUncorrected),
      };
    }),
  );
}

function equalTable(rows: readonly EqualRow[]): string {
  return [
    "| scale | candidate | sealed records | better at the first look | better within five | worse within five | better within five, were the level not halved |",
    `|${" --- |".repeat(7)}`,
    ...rows.map(
      ({ scale, truth, records, first, better, worse, uncorrected }) =>
        `| ${scale} | ${truth} | ${records} | ${[first, better, worse, uncorrected].map(percent).join(" | ")} |`,
    ),
  ].join("\n");
}

function powerTable(reviews: number): string {
  const rows = GAINS.map((gain) => {
    const cells = POWER_SIZES.map((records) => {
      const truth = { name: "better", gain, spread: 0.3 };
      const outcomes = simulate(reviews, {
        truth,
        scale: GRADES,
        records,
        looks: LOOKS,
        seed: `power:${gain}`,
      });
      const first = share(outcomes, (outcome) => outcome.first === "better");
      return `${percent(first)} / ${percent(share(outcomes, ({ everBetter }) => everBetter))}`;
    });
    return `| ${gain} | ${cells.join(" | ")} |`;
  });
  return [
    `| true gain in grades | ${POWER_SIZES.map((records) => `${records} sealed`).join(" | ")} |`,
    `|${" --- |".repeat(POWER_SIZES.length + 1)}`,
    ...rows,
  ].join("\n");
}

function simulate(reviews: number, review: Parameters<typeof simulateReview>[0]): ReviewOutcome[] {
  return Array.from({ length: reviews }, (_, index) =>
    simulateReview({ ...review, seed: `${review.seed}:${review.records}:${index}` }),
  );
}

function share(outcomes: readonly ReviewOutcome[], holds: (outcome: ReviewOutcome) => boolean): number {
  return outcomes.filter(holds).length / outcomes.length;
}

function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}
