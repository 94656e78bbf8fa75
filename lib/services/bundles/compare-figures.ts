import "server-only";

/** One figure of the card: what the file states, and what its data give. */
export interface Figure {
  name: string;
  stated: string;
  found: string;
  agrees: boolean;
}

/** Numbers closer than this share of their size are the same: sums depend on their order in the last bit. */
const CLOSE = 1e-9;

export function compare(name: string, stated: unknown, found: unknown): Figure {
  return { name, stated: shown(stated), found: shown(found), agrees: isSame(stated, found) };
}

function isSame(a: unknown, b: unknown): boolean {
  if (typeof a === "number" && typeof b === "number")
    return a === b || Math.abs(a - b) <= CLOSE * Math.max(Math.abs(a), Math.abs(b));
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((one, index) => isSame(one, b[index]));
  if (isObject(a) && isObject(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].every((key) => isSame(a[key], b[key]));
  }
  return a === b;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  if (typeof value === "string") return value;
  const text = JSON.stringify(value) ?? "nothing";
  return text.length <= 200 ? text : `${text.slice(0, 199)}…`;
}
