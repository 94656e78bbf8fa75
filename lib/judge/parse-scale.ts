import { scaleProblems } from "./scale";
import type { Scale } from "./types";

const GOOD_WORDS = new Set(["pass", "passes", "yes", "true", "good", "ok", "right", "correct", "safe"]);
const RANGE =
  /^(-?\d+(?:\.\d+)?)\s*(?:-|–|to|\.\.)\s*(-?\d+(?:\.\d+)?)(?:\s*(?:,|:|step|in steps of|by)\s*(\d+(?:\.\d+)?))?$/i;

/** A scale, or what is wrong with the text. */
export type ParsedScale = { ok: true; scale: Scale } | { ok: false; problem: string };

/**
 * Reads a scale as people write it: "1-5", "0 to 1 step 0.1", "pass/fail", "poor < fair < good" (worst first),
 * "billing, refund, other" (no order).
 */
export function parseScale(text: string): ParsedScale {
  const scale = readScale(text.trim());
  if (scale === null) {
    return {
      ok: false,
      problem: `"${text}" is no scale. Write for example 1-5, pass/fail, or poor < fair < good.`,
    };
  }
  const [problem] = scaleProblems(scale);
  return problem === undefined ? { ok: true, scale } : { ok: false, problem };
}

function readScale(text: string): Scale | null {
  const range = RANGE.exec(text);
  if (range)
    return { kind: "numeric", min: Number(range[1]), max: Number(range[2]), step: Number(range[3] ?? 1) };
  if (text.includes("<")) return { kind: "categories", ordered: true, values: split(text, /</) };
  if (/,|;/.test(text)) return { kind: "categories", ordered: false, values: split(text, /[,;]/) };
  const [first, second, ...more] = split(text, /\/|\||\s+or\s+/i);
  if (!first || !second || more.length > 0) return null;
  const isSecondGood = GOOD_WORDS.has(second.toLowerCase()) && !GOOD_WORDS.has(first.toLowerCase());
  return isSecondGood
    ? { kind: "boolean", trueLabel: second, falseLabel: first }
    : { kind: "boolean", trueLabel: first, falseLabel: second };
}

function split(text: string, mark: RegExp): string[] {
  return text.split(mark).map((part) => part.trim());
}
