import type { RuleSpecView } from "@/lib/contracts/judges";

/** Kinds of rule in words that go on after "An answer passes when it". */
export const RULE_KINDS: readonly { value: RuleSpecView["kind"]; label: string }[] = [
  { value: "contains", label: "contains a text" },
  { value: "never-contains", label: "does not contain a text" },
  { value: "length", label: "has a certain length" },
  { value: "pattern", label: "matches a pattern" },
  { value: "json-schema", label: "is JSON that fits a schema" },
  { value: "tool-called", label: "called a tool, or did not" },
];

/** What each kind begins with. */
export const START_RULES: Readonly<Record<RuleSpecView["kind"], RuleSpecView>> = {
  contains: { kind: "contains", text: "", caseSensitive: false },
  "never-contains": { kind: "never-contains", text: "", caseSensitive: false },
  length: { kind: "length", minWords: null, maxWords: 120 },
  pattern: { kind: "pattern", pattern: "" },
  "json-schema": { kind: "json-schema", schema: { type: "object" } },
  "tool-called": { kind: "tool-called", tool: "", expected: true },
};

/** A rule as a sentence. */
export function ruleWords(rule: RuleSpecView): string {
  switch (rule.kind) {
    case "contains":
      return `An answer passes when it contains "${rule.text}"${caseWords(rule.caseSensitive)}.`;
    case "never-contains":
      return `An answer passes when it does not contain "${rule.text}"${caseWords(rule.caseSensitive)}.`;
    case "pattern":
      return `An answer passes when it matches the pattern ${rule.pattern}.`;
    case "length":
      return `An answer passes when it has ${lengthWords(rule.minWords, rule.maxWords)} words.`;
    case "json-schema":
      return `An answer passes when it is JSON that fits this schema: ${JSON.stringify(rule.schema)}`;
    case "tool-called":
      return `An answer passes when the tool ${rule.tool} was ${rule.expected ? "" : "not "}called.`;
  }
}

function caseWords(isCaseSensitive: boolean): string {
  return isCaseSensitive ? ", capital letters as written" : "";
}

function lengthWords(least: number | null, most: number | null): string {
  if (least !== null && most !== null) return `${least} to ${most}`;
  return least === null ? `at most ${most ?? "any number of"}` : `at least ${least}`;
}

/** Text as JSON; what is not JSON yet is told apart from a schema that is null. */
export function parsedSchema(text: string): { isJson: true; schema: unknown } | { isJson: false } {
  try {
    return { isJson: true, schema: JSON.parse(text) };
  } catch {
    return { isJson: false }; // half typed; the field says so
  }
}
