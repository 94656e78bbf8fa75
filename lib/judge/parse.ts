import { assertNever } from "@/lib/util/assert-never";
import { canonicalValue, formatScale, formatValue, gradesOf, isOnScale } from "./scale";
import type { Scale, ScaleValue } from "./types";

/** A reply read, or what is wrong with it in words that a repair turn can show to the model. */
export type Parsed<Value> = { ok: true; value: Value } | { ok: false; problem: string };

export interface ParsedVerdict {
  rationale: string;
  value: ScaleValue;
}

const FENCED = /^```[a-z]*[ \t]*\r?\n([\s\S]*?)\r?\n?```$/i;
const THINKING = /^<think>[\s\S]*?<\/think>/i;
const DECIMAL = /^[+-]?\d+(?:\.\d+)?$/;
const MAX_LISTED = 12;

/**
 * The JSON object that a reply consists of. Tolerated around it: white space, one Markdown fence, and a leading
 * `<think>` block that some endpoints leave in. Anything else is a problem, never guessed at (SPEC PA1).
 */
export function parseJsonObject(reply: string): Parsed<Readonly<Record<string, unknown>>> {
  const bare = reply.trim().replace(THINKING, "").trim();
  if (bare === "") return { ok: false, problem: "it was empty." };
  const text = FENCED.exec(bare)?.[1] ?? bare;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, problem: "it is not JSON." }; // the reason of the parser would name offsets, not causes
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { ok: false, problem: "it is JSON, but not an object." };
  }
  return { ok: true, value: value as Readonly<Record<string, unknown>> };
}

/** Reads a judge's reply strictly against the scale; there is no default value (SPEC PA2 to PA5). */
export function parseVerdict(scale: Scale, reply: string): Parsed<ParsedVerdict> {
  const parsed = parseJsonObject(reply);
  if (!parsed.ok) return parsed;
  const { rationale, value } = parsed.value;
  if (typeof rationale !== "string" || rationale.trim() === "") {
    return { ok: false, problem: '"rationale" must be a text that says why.' };
  }
  const read = readValue(scale, value);
  return read.ok ? { ok: true, value: { rationale: rationale.trim(), value: read.value } } : read;
}

/**
 * A grade as a model may write it (SPEC PA3): of the scale's type; or a text that is nothing but a plain decimal
 * number, "true", "false", a label of the boolean scale, or a category, where case and blanks around do not matter.
 */
export function readValue(scale: Scale, value: unknown): Parsed<ScaleValue> {
  if (value === undefined) return { ok: false, problem: `"value" is missing. ${allowed(scale)}` };
  const own = typeof value === "string" ? fromText(scale, value.trim()) : value;
  if (isOnScale(scale, own)) return { ok: true, value: canonicalValue(scale, own) };
  return {
    ok: false,
    problem: `"value" is ${shown(value)}, which is no grade of the scale. ${allowed(scale)}`,
  };
}

function fromText(scale: Scale, text: string): unknown {
  switch (scale.kind) {
    case "numeric":
      return DECIMAL.test(text) ? Number(text) : text;
    case "boolean": {
      const folded = text.toLowerCase();
      if (folded === scale.trueLabel.toLowerCase() || folded === scale.falseLabel.toLowerCase()) {
        return folded === scale.trueLabel.toLowerCase();
      }
      return folded === "true" ? true : folded === "false" ? false : text;
    }
    case "categories":
      return scale.values.find((one) => one.toLowerCase() === text.toLowerCase()) ?? text;
    default:
      return assertNever(scale);
  }
}

function allowed(scale: Scale): string {
  if (scale.kind === "boolean") return "It must be true or false.";
  const grades = gradesOf(scale).map((grade) =>
    scale.kind === "numeric" ? grade.text : JSON.stringify(formatValue(scale, grade.value)),
  );
  return grades.length <= MAX_LISTED
    ? `It must be one of ${grades.join(", ")}.`
    : `It must be a grade of ${formatScale(scale)}.`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
