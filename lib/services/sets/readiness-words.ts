import type { Readiness } from "@/lib/contracts/records";
import { detectableGain, pairsNeeded } from "@/lib/stats/power";

/** Enough for a first run (ux.md, moment 2). */
const ENOUGH_RECORDS = 15;
/** Up to this share of unfinished records readiness speaks of what is there; above it, of what is missing. */
const TOLERATED_UNUSABLE = 0.1;
/** Gains that a further step of sealed records is told for. */
const GAIN_STEPS = [1, 0.7, 0.5, 0.3, 0.2] as const;

/** What readiness is told from, all counted. */
interface ReadinessFacts {
  total: number;
  usable: number;
  practice: number;
  sealed: number;
  /** The sets that practice and sealed count are only planned: they are given with the first answers. */
  isPlanned: boolean;
  withoutQuestion: number;
  withoutExpectations: number;
  /** Records that lack a field of the prompt, and the first such field. */
  withoutFields: { records: number; field: string } | null;
  detectableGain: number | null;
  moreSealedFor: { records: number; gain: number } | null;
  unit: GainUnit;
}

/** In what a gain is told: steps of the grades; or, on a scale of yes and no, the share of answers that are good enough. */
export interface GainUnit {
  kind: "grades" | "share";
  /** Spread of the paired differences that is usual, in this unit (ux.md, rule 6: about one grade on 1 to 5). */
  spread: number;
}

type ReadinessWords = Pick<Readiness, "ready" | "headline" | "detail" | "short">;

/** The gain that so many sealed records can show four times in five, and what the next step would take. */
export function prepareGain(
  sealed: number,
  { spread }: GainUnit,
): Pick<ReadinessFacts, "detectableGain" | "moreSealedFor"> {
  const gain = detectableGain({ pairs: sealed, sd: spread });
  if (gain === null) return { detectableGain: null, moreSealedFor: null };
  const next = GAIN_STEPS.map((step) => step * spread).find((step) => step < gain - 0.07 * spread);
  const needed = next === undefined ? null : pairsNeeded({ gain: next, sd: spread });
  const moreSealedFor =
    needed === null || next === undefined ? null : { records: needed - sealed, gain: next };
  return { detectableGain: gain, moreSealedFor };
}

/** Readiness in the words of ux.md, moment 3. */
export function prepareReadinessWords(facts: ReadinessFacts): ReadinessWords {
  const { total, usable, sealed } = facts;
  const ready = usable >= ENOUGH_RECORDS;
  const faults = faultSentences(facts);
  const say = (headline: string, ...sentences: string[]): ReadinessWords => ({
    ready,
    headline,
    detail: sentences.join(" "),
    short: ready && facts.detectableGain !== null ? `${sealed} sealed can show ${gainWords(facts)}` : null,
  });
  if (total === 0) return say("No records yet.", "Fifteen varied ones are enough for a first run.");
  const stillMissing = `Fifteen varied ones are enough for a first run: ${ENOUGH_RECORDS - usable} to go.`;
  if (faults.length > 0 && (total - usable) / total > TOLERATED_UNUSABLE) {
    const enough = ready ? `The other ${usable} are enough for a first run.` : stillMissing;
    return say(`${usable} of ${total} records can be used.`, ...faults, enough);
  }
  if (!ready) return say(`${usable} of ${ENOUGH_RECORDS} records for a first run.`, ...faults, stillMissing);
  return say("Ready for a first run.", ...setSentences(facts), ...faults);
}

function setSentences(facts: ReadinessFacts): string[] {
  const { practice, sealed, isPlanned, unit, moreSealedFor: more } = facts;
  const sets = isPlanned
    ? `With the first answers they become ${practice} practice records, ${sealed} sealed.`
    : `${practice} practice records, ${sealed} sealed.`;
  if (facts.detectableGain === null) return [sets];
  const further =
    more === null
      ? ""
      : `; ${more.records} more sealed ${more.records === 1 ? "one" : "ones"} would show ${formatGain(more.gain, unit)}`;
  return [sets, `These ${sealed} can show ${gainWords(facts)}${further}.`];
}

function gainWords({ detectableGain: gain, unit }: ReadinessFacts): string {
  return gain === null ? "no gain" : `a gain of about ${formatGain(gain, unit)}${unitWords(gain, unit)}`;
}

function faultSentences({ withoutQuestion, withoutExpectations, withoutFields }: ReadinessFacts): string[] {
  const sentences: string[] = [];
  const say = (count: number, one: string, many: string): void => {
    if (count > 0) sentences.push(`${countWord(count)} ${count === 1 ? one : many}.`);
  };
  say(withoutExpectations, "does not say what a good answer does", "do not say what a good answer does");
  say(withoutQuestion, "has no question", "have no question");
  if (withoutFields) {
    const { records, field } = withoutFields;
    say(
      records,
      `lacks the field "${field}" that the prompt uses`,
      `lack a field that the prompt uses, such as "${field}"`,
    );
  }
  return sentences;
}

function formatGain(gain: number, { kind }: GainUnit): string {
  return kind === "share" ? `${Math.round(gain * 100)} %` : String(Math.round(gain * 10) / 10);
}

function unitWords(gain: number, unit: GainUnit): string {
  if (unit.kind === "share") return " of the answers";
  return formatGain(gain, unit) === "1" ? " grade" : " grades";
}

const WORDS = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"] as const;

/** A count that begins a sentence: in letters below ten. */
function countWord(count: number): string {
  return WORDS[count] ?? String(count);
}
