import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const PAGE = join(import.meta.dirname, "../../docs/benchmarks.md");

/** Puts the summary, and the engine's own time where it was measured, between the marks of docs/benchmarks.md. */
export function writeDoc(summary: string, overhead: string): void {
  let page = replaceBetween(readFileSync(PAGE, "utf8"), "engine", summary);
  if (overhead !== "") page = replaceBetween(page, "engine-time", overhead);
  writeFileSync(PAGE, page);
}

/** The page with what stands between `<!-- NAME -->` and `<!-- /NAME -->` replaced. Throws when the marks are missing. */
export function replaceBetween(page: string, name: string, text: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = page.indexOf(start);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`The page has no place for “${name}”: ${start} … ${end}.`);
  return `${page.slice(0, from + start.length)}\n${text}\n${page.slice(to)}`;
}
