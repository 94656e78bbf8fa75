/**
 * The value at a JSON pointer (RFC 6901) in parsed JSON; undefined when nothing is there.
 * Throws `RangeError` on a pointer that is none.
 */
export function atPointer(value: unknown, pointer: string): unknown {
  if (pointer === "") return value;
  if (!pointer.startsWith("/"))
    throw new RangeError(`“${pointer}” is no JSON pointer: it should begin with /`);
  let current: unknown = value;
  for (const token of pointer.slice(1).split("/")) {
    const key = token.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Record<string, unknown>)[key];
  }
  return current;
}
