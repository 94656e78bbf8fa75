import type { AgreementTable, AlignmentView } from "@/lib/contracts/judges";

export type HumanAgreement = AlignmentView["human"];

/** On what a test rests: "30 answers", or with several labels an answer "42 labels of 30 answers". */
export function testedWords({ n, cases }: Pick<AgreementTable, "n" | "cases">): string {
  const answers = new Set(cases.filter(({ kind }) => kind !== "failed").map(({ traceId }) => traceId)).size;
  const words = `${answers} ${answers === 1 ? "answer" : "answers"}`;
  return n === answers ? words : `${n} labels of ${words}`;
}

/** What is counted: the side of the line, or the grade where no line is set. */
export function criterionOf(table: Pick<AgreementTable, "sameSide" | "sameGrade">): {
  words: string;
  count: number;
} {
  return table.sameSide === null
    ? { words: "the same grade", count: table.sameGrade }
    : { words: "the same side of good enough", count: table.sameSide };
}

/** How one version agrees with the experts, in counts (ux.md, section 4, Judge). */
export function agreementSentence(table: AgreementTable, human: HumanAgreement): string {
  const { words, count } = criterionOf(table);
  return [
    `On ${testedWords(table)} that it had not seen: ${words} on ${count}.`,
    ...remarksOf(table, human),
  ].join(" ");
}

/** After a test: experts among themselves, what is still wrong, what could not be graded. */
export function remarksOf(table: AgreementTable, human: HumanAgreement): string[] {
  return [humanSentence(human), wrongSentence(table), failedSentence(table)].filter((part) => part !== null);
}

function humanSentence(human: HumanAgreement): string | null {
  if (human === null || human.pairs === 0) return null;
  const same = human.sameSide ?? human.sameGrade;
  return human.answers === human.pairs
    ? `Two experts agree on ${same} of the ${human.pairs} they both labelled.`
    : `Experts agree in ${same} of ${human.pairs} pairs of labels of the same answer.`;
}

function wrongSentence({ tooKind, tooHarsh }: AgreementTable): string | null {
  if (tooKind === null || tooHarsh === null) return null;
  if (tooKind + tooHarsh === 0) return null;
  return `Still too kind on ${tooKind}, too harsh on ${tooHarsh}.`;
}

function failedSentence({ failed }: AgreementTable): string | null {
  if (failed === 0) return null;
  return `${failed} ${failed === 1 ? "answer" : "answers"} could not be graded and ${failed === 1 ? "is" : "are"} left out.`;
}

/** One line of the table of counts (ux.md 7.4). */
export interface AgreementRow {
  key: "same-side" | "same-grade" | "too-kind" | "too-harsh" | "failed";
  label: string;
  before: number;
  after: number;
  /** The same among experts: "11 of 12"; null where it says nothing. */
  experts: string | null;
}

/** The table of a result: both judges on the same answers, and experts among themselves. */
export function agreementRows(
  before: AgreementTable,
  after: AgreementTable,
  human: HumanAgreement,
): AgreementRow[] {
  const ofPairs = (count: number | null | undefined): string | null =>
    human === null || human.pairs === 0 || count === null || count === undefined
      ? null
      : `${count} of ${human.pairs}`;
  const rows: (AgreementRow | null)[] = [
    row("same-side", "Good enough or not, same", before.sameSide, after.sameSide, ofPairs(human?.sameSide)),
    row("same-grade", "Same grade", before.sameGrade, after.sameGrade, ofPairs(human?.sameGrade)),
    row("too-kind", "Too kind (let through)", before.tooKind, after.tooKind, null),
    row("too-harsh", "Too harsh (held back)", before.tooHarsh, after.tooHarsh, null),
    before.failed + after.failed === 0
      ? null
      : row("failed", "Could not be graded", before.failed, after.failed, null),
  ];
  return rows.filter((one) => one !== null);
}

function row(
  key: AgreementRow["key"],
  label: string,
  before: number | null,
  after: number | null,
  experts: string | null,
): AgreementRow | null {
  return before === null || after === null ? null : { key, label, before, after, experts };
}

/** One figure before and after, each with its range; for the folded part. */
export interface FigureRow {
  key: string;
  label: string;
  before: string;
  after: string;
}

type FigureKey =
  | "sameSideShare"
  | "sameGradeShare"
  | "kappa"
  | "spearman"
  | "ccc"
  | "mae"
  | "tpr"
  | "tnr"
  | "j";
type Figure = AgreementTable["kappa"];

/** Figures of one table or of two, as text with the 95 % range. */
export function figureRows(before: AgreementTable | null, after: AgreementTable): FigureRow[] {
  const kappa = after.kappaWeights === "quadratic" ? "Cohen's κ, weighted" : "Cohen's κ";
  const figures: [FigureKey, string][] = [
    ["sameSideShare", "Same side of good enough"],
    ["sameGradeShare", "Same grade"],
    ["kappa", kappa],
    ["spearman", "Spearman"],
    ["ccc", "Concordance (Lin)"],
    ["mae", "Mean distance in grades"],
    ["tpr", "TPR"],
    ["tnr", "TNR"],
    ["j", "J"],
  ];
  return figures.flatMap(([key, label]) => {
    if (after[key] === null && (before === null || before[key] === null)) return [];
    return [
      { key, label, before: before === null ? "" : figureWords(before[key]), after: figureWords(after[key]) },
    ];
  });
}

/** Why some figures are missing; null when none is. */
export function missingFigures(table: AgreementTable): string | null {
  return table.j === null ? "TPR, TNR and J need at least 5 labels on each side of good enough." : null;
}

function figureWords(figure: Figure): string {
  if (figure === null) return "–";
  return `${figure.value.toFixed(2)} (${figure.low.toFixed(2)} to ${figure.high.toFixed(2)})`;
}
