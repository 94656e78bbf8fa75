/**
 * Data inside prompts stands between marks that the data itself cannot contain, so that a record's or a
 * model's text cannot pose as an instruction or close its own section. The boundary is derived from the
 * text, hence the same prompt for the same data.
 */

export interface DataSection {
  name: string;
  /** Short id inside the prompt ("E1", "G2"), when the section has one. */
  ref: string | null;
  text: string;
}

function hash32(text: string, salt: number): string {
  let h = 2166136261 ^ salt;
  for (let i = 0; i < text.length; i++) {
    h ^= text.charCodeAt(i);
    h = Math.imul(h, 16777619);
  }
  return (h >>> 0).toString(16).padStart(8, "0");
}

function boundaryFor(text: string): string {
  let salt = 0;
  let boundary = hash32(text, salt);
  while (text.includes(boundary)) {
    salt += 1;
    boundary = hash32(text, salt);
  }
  return boundary;
}

/** Fences one piece of data under a name, with an optional short id. */
export function fenceData(name: string, text: string, ref: string | null = null): string {
  const boundary = boundaryFor(text);
  const refAttribute = ref === null ? "" : ` ref="${ref}"`;
  return `<data name="${name}"${refAttribute} boundary="${boundary}">\n${text}\n</data ${boundary}>`;
}

const SECTION =
  /<data name="([a-z-]+)"(?: ref="([^"]*)")? boundary="([0-9a-f]{8})">\n([\s\S]*?)\n<\/data \3>/g;

/** Reads the sections of a prompt back, in order. Used by the simulated models and by tests. */
export function readDataSections(prompt: string): DataSection[] {
  return Array.from(prompt.matchAll(SECTION), (match) => ({
    name: match[1] ?? "",
    ref: match[2] ?? null,
    text: match[4] ?? "",
  }));
}
