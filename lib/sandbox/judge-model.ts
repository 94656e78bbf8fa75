import { type DataSection, readDataSections } from "@/lib/util/fence";
import { createDraws, type Draws } from "./draws";
import {
  complaintAbout,
  creditFor,
  isAboutLimits,
  type ReadAnswer,
  type Requirement,
  readAnswer,
  requirementOfGuideline,
  requirementsOf,
} from "./judge/requirements";
import { qualityIn, type ReadScale, readScale, valueAt } from "./judge/values";
import { coverage, ideasOf, likeness } from "./text/words";
import type { SandboxCall } from "./types";

/** Without guidelines an unmet clause costs only this share: the judge is kind, as an untaught one is. */
const UNTAUGHT_SHARE = 0.45;
const UNTAUGHT_FLUENCY = 0.25;
/** What guidelines weigh beside the clauses of the record, together. */
const GUIDELINE_SHARE = 0.45;
/** What a thing costs that must never be done, of the whole scale; less for the untaught judge. */
const FORBIDDEN_COST = 0.45;
/** A taught judge's share of things done to quality: words never show all that was meant, and half is not half as good. */
const TAUGHT_FLOOR = 0.04;
const TAUGHT_FULL = 0.9;
/** How far remembered answers can pull, when they are the same answer. */
const EPISODE_PULL = 0.5;
/** Width of the judge's own wavering, in steps of the scale. */
const WAVER_STEPS = 0.5;
const NAMES_COMPLAINT = 0.9;
const MAX_COMPLAINTS = 5;

interface Case {
  answer: ReadAnswer;
  inputs: string;
  questionIdeas: ReadonlySet<string>;
  sections: readonly DataSection[];
  draws: Draws;
}

/** Grades one answer: clause by clause against the expectations, then by the guidelines, then by what it remembers. */
export function answerJudge(call: SandboxCall): string {
  const sections = readDataSections(call.messages.map((message) => message.content).join("\n\n"));
  const outputs = lastText(sections, "outputs");
  const inputs = lastText(sections, "inputs");
  const questionIdeas = ideasOf(inputs);
  const draws = createDraws(call.seed, "judge", outputs, inputs, call.sample);
  const one: Case = { answer: readAnswer(outputs), inputs, questionIdeas, sections, draws };
  const scale = readScale(sections.find((section) => section.name === "scale")?.text) ?? {
    values: [1, 2, 3, 4, 5],
  };
  const expected = requirementsOf(lastText(sections, "expectations")).map((requirement) =>
    weigh(requirement, one),
  );
  const guidelines = sections
    .filter((section) => section.name === "guideline")
    .flatMap((section) => applicable(section, one, expected))
    .map((requirement) => weigh(requirement, one));
  const isTaught = sections.some((section) => section.name === "guideline");
  const base = isTaught ? taughtQuality(expected, guidelines) : untaughtQuality(expected, one.answer);
  const waver = ((draws.at("waver") - 0.5) * WAVER_STEPS) / Math.max(1, scale.values.length - 1);
  const quality = towardsEpisodes(base, one, scale) + waver;
  return JSON.stringify({
    rationale: rationaleOf(guidelines, expected, draws),
    value: valueAt(scale, quality),
  });
}

interface Weighed {
  requirement: Requirement;
  credit: number;
}

function weigh(requirement: Requirement, one: Case): Weighed {
  return { requirement, credit: creditFor(requirement, one.answer, one.questionIdeas) };
}

/** Clauses and guidelines weigh as the experts weigh them: each side by the share that is met. */
function taughtQuality(expected: readonly Weighed[], guidelines: readonly Weighed[]): number {
  const clauses = shareMet(expected);
  // Taught not to let guesses pass, it reads silence about limits as a guess.
  const isAgainstGuessing = guidelines.some(({ requirement }) => requirement.fault === "guess");
  const guesses =
    isAgainstGuessing && expected.some((one) => isAboutLimits(one.requirement) && one.credit < 0.3) ? 1 : 0;
  const rules = shareMet(guidelines);
  const share =
    clauses === null
      ? (rules ?? 1)
      : rules === null
        ? clauses
        : clauses * (1 - GUIDELINE_SHARE) + rules * GUIDELINE_SHARE;
  return (
    (share - TAUGHT_FLOOR) / (TAUGHT_FULL - TAUGHT_FLOOR) -
    Math.min(2, forbiddenDone([...expected, ...guidelines]) + guesses) * FORBIDDEN_COST
  );
}

function untaughtQuality(expected: readonly Weighed[], answer: ReadAnswer): number {
  const share = shareMet(expected);
  if (share === null) return fluency(answer);
  const kind = share + (1 - share) * UNTAUGHT_SHARE;
  return (
    kind * (1 - UNTAUGHT_FLUENCY) +
    fluency(answer) * UNTAUGHT_FLUENCY -
    forbiddenDone(expected) * FORBIDDEN_COST * UNTAUGHT_SHARE
  );
}

/** Mean credit of what was wanted; null when nothing was. */
function shareMet(weighed: readonly Weighed[]): number | null {
  const wanted = weighed.filter((one) => one.requirement.kind === "want");
  const total = wanted.reduce((sum, one) => sum + one.requirement.weight, 0);
  return total === 0
    ? null
    : wanted.reduce((sum, one) => sum + one.credit * one.requirement.weight, 0) / total;
}

function forbiddenDone(weighed: readonly Weighed[]): number {
  return Math.min(2, weighed.filter((one) => one.requirement.kind === "forbid" && one.credit < 0.5).length);
}

/** What an untaught judge likes: whole sentences, some length, a figure. */
function fluency(answer: ReadAnswer): number {
  const length = Math.min(1, answer.words / 70);
  const figures = /\d/.test(answer.text) ? 1 : 0.5;
  return answer.words === 0 ? 0 : 0.35 + 0.4 * length + 0.25 * figures;
}

function applicable(section: DataSection, one: Case, expected: readonly Weighed[]): Requirement[] {
  const { requirement, condition } = requirementOfGuideline(section.text);
  const clauses = expected.map((weighed) => weighed.requirement);
  const isGeneral = condition === null && /^(?:always|in (?:every|any|each) answer)\b/i.test(section.text);
  return applies(requirement, condition, one, clauses, isGeneral) ? [requirement] : [];
}

/** A guideline is weighed where it has something to say: its condition fits, or the case asks for something like it. */
function applies(
  requirement: Requirement,
  condition: string | null,
  one: Case,
  expected: readonly Requirement[],
  isGeneral: boolean,
): boolean {
  if (condition !== null) {
    const wanted = ideasOf(condition);
    const answerIdeas = ideasOf(one.answer.text);
    return coverage(wanted, one.questionIdeas) >= 0.4 || coverage(wanted, answerIdeas) >= 0.6;
  }
  if (requirement.fault !== null || requirement.kind === "forbid" || requirement.limit.sentences !== null)
    return true;
  if (requirement.ideas.has("~number"))
    return (
      /\d ?(?:percent|%)/i.test(one.answer.text) || expected.some((clause) => clause.ideas.has("~number"))
    );
  return (
    isGeneral ||
    expected.some((clause) => coverage(requirement.ideas, clause.ideas) >= 0.5) ||
    coverage(requirement.ideas, one.questionIdeas) >= 0.5
  );
}

/** Remembered answers count by how like this one they are, squared: a distant one says little. */
function towardsEpisodes(quality: number, one: Case, scale: ReadScale): number {
  const outputs = one.sections.filter((section) => section.name === "episode-outputs");
  const own = ideasOf(one.answer.text);
  let weights = 0;
  let total = 0;
  let nearest = 0;
  for (const section of outputs) {
    const verdict = one.sections.find(
      (other) => other.name === "episode-verdict" && other.ref === section.ref,
    )?.text;
    const remembered = verdict === undefined ? null : qualityIn(verdict, scale);
    if (remembered === null) continue;
    const nearness = likeness(own, ideasOf(section.text));
    weights += nearness ** 2;
    total += remembered * nearness ** 2;
    nearest = Math.max(nearest, nearness);
  }
  if (weights === 0) return quality;
  const pull = EPISODE_PULL * Math.min(1, nearest * 2);
  return quality * (1 - pull) + (total / weights) * pull;
}

function rationaleOf(guidelines: readonly Weighed[], expected: readonly Weighed[], draws: Draws): string {
  const unmet = [...guidelines, ...expected]
    .filter((weighed) => weighed.credit < 0.5)
    .map((weighed) => complaintAbout(weighed.requirement));
  const named = [...new Set(unmet)].filter(
    (complaint, index) => index === 0 || draws.isBelow(NAMES_COMPLAINT, "names", complaint),
  );
  const met = expected.filter((weighed) => weighed.credit >= 0.5).length;
  const opening =
    expected.length === 0
      ? "Nothing was noted about what a good answer does."
      : `It does ${met} of the ${expected.length} things that were asked for.`;
  return `${opening} ${named.length === 0 ? "Nothing is missing." : named.slice(0, MAX_COMPLAINTS).join(" ")}`;
}

function lastText(sections: readonly DataSection[], name: string): string {
  return sections.findLast((section) => section.name === name)?.text ?? "";
}
