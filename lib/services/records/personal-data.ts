import type { Expectations, PersonalHint, RecordInputs } from "@/lib/contracts/records";

interface Detector {
  kind: PersonalHint["kind"];
  find(text: string): string[];
}

const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}/gu;

/** A patient's or case's number after a word that names it, in English and German. */
const PATIENT_NUMBER =
  /\b(?:patient(?:en)?|mrn|nhs|case|fall|medical record)[\s-]*(?:id|no|nr|nummer|number)?\b\.?\s*[:#]?\s*((?=[\dA-Z-]*\d{4})[\dA-Z][\dA-Z -]{3,}\d)/giu;

/** Digits in groups as people write telephone numbers; what is a date, a score or a sum is sorted out below. */
const PHONE =
  /(?<![\p{L}\p{N}.,-])(?:\+|00)?\(?\d{1,5}\)?(?:[ \u00A0./-]?\(?\d{2,}\)?){1,5}(?![\p{L}\p{N}%])/gu;

const DATE = /(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2})(?!\d)/gu;

const BORN = /\b(?:born|dob|d\.o\.b|date of birth|geb(?:oren|\.)?|geburtsdatum|née?e?)\b/iu;

/** Two words in capitals, as a name is written. */
const NAME = /\p{Lu}[\p{Ll}'’-]+ (?:\p{Lu}\.? )?\p{Lu}[\p{Ll}'’-]+/u;

/** How near a name or the word "born" must be to a date for the two to be one person's. */
const REACH_CHARS = 60;

const detectors: readonly Detector[] = [
  { kind: "email", find: (text) => matches(text, EMAIL) },
  { kind: "patient-number", find: (text) => matches(text, PATIENT_NUMBER) },
  { kind: "birth-date", find: findBirthDates },
  { kind: "phone", find: (text) => matches(text, PHONE).filter(isPhone) },
];

/**
 * What in a record looks like personal data: an e-mail address, a telephone number, a patient's number, a date of
 * birth beside a name. A hint for the writer, never proof; each finding is told once a place.
 */
export function findPersonalData(inputs: RecordInputs, expectations: Expectations): PersonalHint[] {
  return placesOf(inputs, expectations).flatMap(({ where, text }) => {
    const seen = new Set<string>();
    return detectors.flatMap(({ kind, find }) =>
      find(text).flatMap((found) => {
        // a number that was told as one kind is not told as another
        if ([...seen].some((other) => other.includes(found))) return [];
        seen.add(found);
        return [{ kind, where, found }];
      }),
    );
  });
}

function placesOf(inputs: RecordInputs, expectations: Expectations): { where: string; text: string }[] {
  const turnName = (index: number): string =>
    inputs.messages.length > 1 ? `Conversation, turn ${index + 1}` : "Question";
  return [
    ...inputs.messages.map((message, index) => ({ where: turnName(index), text: message.content })),
    ...Object.entries(inputs.fields).map(([name, text]) => ({ where: `Field ${name}`, text })),
    { where: "A good answer", text: expectations.expected_response },
    ...expectations.facts.map((text) => ({ where: "Must mention", text })),
    ...expectations.mustNever.map((text) => ({ where: "Must never", text })),
  ];
}

function matches(text: string, pattern: RegExp): string[] {
  return [...new Set(Array.from(text.matchAll(pattern), (match) => match[0].trim()))];
}

function findBirthDates(text: string): string[] {
  return Array.from(text.matchAll(DATE)).flatMap((match) => {
    const around = text.slice(
      Math.max(0, match.index - REACH_CHARS),
      match.index + match[0].length + REACH_CHARS,
    );
    return BORN.test(around) || NAME.test(around) ? [match[0]] : [];
  });
}

/** Eight to fifteen digits that begin like a telephone number: with a plus or a zero, or in three groups. */
function isPhone(found: string): boolean {
  const digits = found.replace(/\D/g, "");
  if (digits.length < 8 || digits.length > 15 || DATE_ONLY.test(found)) return false;
  const groups = found.split(/[^\d]+/).filter((group) => group !== "");
  return /^\s*(?:\+|\(?0)/.test(found) || (groups.length >= 3 && digits.length >= 9);
}

const DATE_ONLY = /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/;
