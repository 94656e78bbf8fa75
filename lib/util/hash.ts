import { createHash } from "node:crypto";

/** SHA-256 of the UTF-8 bytes of `text`, 64 lower-case hex digits. Server only. */
export function sha256Hex(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/**
 * JSON whose text depends on the value alone: object keys are sorted, `undefined` members are left out as in JSON.
 * Throws `TypeError` on what JSON would lose in silence (NaN, Infinity, functions, symbols, a bare `undefined`,
 * `undefined` in a list), so that two different values never hash alike.
 */
export function stableStringify(value: unknown): string {
  if (value === undefined) throw new TypeError("stableStringify: undefined has no JSON form");
  return JSON.stringify(value, function (this: unknown, key: string, member: unknown) {
    const isLost =
      typeof member === "function" ||
      typeof member === "symbol" ||
      (typeof member === "number" && !Number.isFinite(member)) ||
      (member === undefined && Array.isArray(this));
    if (isLost) throw new TypeError(`stableStringify: ${String(member)} at "${key}" has no JSON form`);
    if (typeof member !== "object" || member === null || Array.isArray(member)) return member;
    return Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
