import { ERASED_TEXT } from "@/lib/contracts/erasure";

/** Members that hold what people or models wrote; all others of the stored shapes are ids, codes, grades and numbers. */
const TEXT_MEMBERS: ReadonlySet<string> = new Set([
  "answer",
  "arguments",
  "betterAnswer",
  "cause",
  "content",
  "detail",
  "expected_response",
  "facts",
  "feedback",
  "fields",
  "inputs",
  "mustNever",
  "output",
  "outputs",
  "question",
  "rationale",
  "rawReply",
  "reason",
  "reply",
  "result",
  "text",
  "texts",
  "why",
]);

/** Vectors of a text tell of it: it can be guessed back from them. */
const VECTOR_MEMBERS: Readonly<Record<string, unknown>> = { vector: null, vectors: [] };

/** Members of stored shapes whose value is one of a few words of the program's own. */
const CODE_MEMBERS: ReadonlySet<string> = new Set([
  "component",
  "engineVersion",
  "finishReason",
  "kind",
  "layout",
  "model",
  "outcome",
  "phase",
  "pick",
  "role",
  "set",
  "state",
  "status",
  "stopReason",
  "strategy",
  "type",
  "verdict",
]);

/** Members whose own members people or agents name as they like: in there nothing is a code. */
const FREE_MEMBERS: ReadonlySet<string> = new Set(["components", "fields", "prompts", "reply"]);

/** Everything in it that is text, by a marker; numbers, grades, codes and ids stay. */
export function wipeTexts(value: unknown, marker: string = ERASED_TEXT): unknown {
  if (Array.isArray(value)) return value.map((member) => wipeTexts(member, marker));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      if (key in VECTOR_MEMBERS) return [key, VECTOR_MEMBERS[key]];
      return TEXT_MEMBERS.has(key)
        ? [key, wipeAll(member, marker, FREE_MEMBERS.has(key))]
        : [key, wipeTexts(member, marker)];
    }),
  );
}

/** Wipes those objects inside that name one of these ids in a member of their own, as a pair names its record. */
export function wipeTextsAbout(value: unknown, ids: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((member) => wipeTextsAbout(member, ids));
  if (typeof value !== "object" || value === null) return value;
  const isAbout = Object.values(value).some((member) => typeof member === "string" && ids.has(member));
  if (isAbout) return wipeTexts(value);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, wipeTextsAbout(member, ids)]));
}

/**
 * Replaces what the pattern finds, in texts and in names of members; codes and ids stay.
 * @param codes further members that hold codes in this place
 */
export function replaceInTexts(value: unknown, pattern: RegExp, codes: readonly string[] = []): unknown {
  return changeTexts(value, (text) => text.replace(pattern, ERASED_TEXT), codes);
}

/** Puts the marker in place of each text that holds one of these lines. */
export function wipeTextsWith(value: unknown, hasLine: (text: string) => boolean): unknown {
  return changeTexts(value, (text) => (hasLine(text) ? ERASED_TEXT : text), []);
}

function changeTexts(
  value: unknown,
  change: (text: string) => string,
  codes: readonly string[],
  isFree = false,
): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((member) => changeTexts(member, change, codes, isFree));
  if (typeof value !== "object" || value === null) return value;
  const changed = Object.fromEntries(
    Object.entries(value).map(([key, member]) =>
      !isFree && (isCode(key) || codes.includes(key))
        ? [key, member]
        : [change(key), changeTexts(member, change, codes, isFree || FREE_MEMBERS.has(key))],
    ),
  );
  const lostWords = JSON.stringify(changed) !== JSON.stringify(value);
  return lostWords ? { ...changed, ...pick(VECTOR_MEMBERS, Object.keys(value)) } : changed;
}

function wipeAll(value: unknown, marker: string, isFree: boolean): unknown {
  if (typeof value === "string") return value === "" ? "" : marker;
  if (Array.isArray(value)) return value.map((member) => wipeAll(member, marker, isFree));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) =>
      !isFree && isCode(key)
        ? [key, member]
        : [key, wipeAll(member, marker, isFree || FREE_MEMBERS.has(key))],
    ),
  );
}

function isCode(key: string): boolean {
  return CODE_MEMBERS.has(key) || /(?:^id|Id|Ids|Hash|Key|Keys|_id)$/.test(key);
}

function pick(source: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.filter((key) => key in source).map((key) => [key, source[key]]));
}
