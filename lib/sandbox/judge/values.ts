import { z } from "zod";

/** A grade as the reply carries it. */
export type GradeValue = number | boolean | string;

/** The values of a scale from worst to best. */
export interface ReadScale {
  values: readonly GradeValue[];
}

const scaleSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("numeric"), min: z.number(), max: z.number(), step: z.number().positive() }),
  z.object({ kind: z.literal("boolean"), trueLabel: z.string(), falseLabel: z.string() }),
  z.object({ kind: z.literal("categories"), ordered: z.boolean(), values: z.array(z.string()).min(1) }),
]);

const MAX_VALUES = 1001;

/** The scale in a prompt's section, or null when there is none that can be read. Categories run from worst to best. */
export function readScale(json: string | undefined): ReadScale | null {
  if (json === undefined) return null;
  const parsed = scaleSchema.safeParse(parseJson(json));
  if (!parsed.success) return null;
  const scale = parsed.data;
  if (scale.kind === "boolean") return { values: [false, true] };
  if (scale.kind === "categories") return { values: scale.values };
  const count = Math.min(MAX_VALUES, Math.floor((scale.max - scale.min) / scale.step + 1e-9) + 1);
  return {
    values: Array.from({ length: count }, (_, index) => Number((scale.min + index * scale.step).toFixed(10))),
  };
}

/** The value nearest to a quality of 0 (worst) to 1 (best). */
export function valueAt(scale: ReadScale, quality: number): GradeValue {
  const top = scale.values.length - 1;
  const value = scale.values[Math.round(Math.min(1, Math.max(0, quality)) * top)];
  if (value === undefined) throw new RangeError("a scale without values");
  return value;
}

/** The quality (0 to 1) of the grade that a remembered verdict begins with or names, or null. */
export function qualityIn(verdict: string, scale: ReadScale): number | null {
  const top = Math.max(1, scale.values.length - 1);
  const found = scale.values
    .map((value, index) => ({ index, position: positionOf(String(value), verdict) }))
    .filter((one) => one.position >= 0)
    .sort((a, b) => a.position - b.position)[0];
  return found ? found.index / top : null;
}

function positionOf(value: string, text: string): number {
  const escaped = value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return text.search(new RegExp(`(?<![\\p{L}\\p{N}.])${escaped}(?![\\p{L}\\p{N}]|\\.\\d)`, "iu"));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // no scale then; the caller says so
  }
}
