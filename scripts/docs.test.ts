import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { TERMS } from "@/lib/contracts/terms";

const root = path.resolve(import.meta.dirname, "..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
const hasPictures = existsSync(path.join(root, "docs/screenshots"));
const pages = ["README.md", "AGENTS.md", ...globSync("docs/**/*.md", { cwd: root })].sort();

/** Cells of the rows of all tables that begin with a cell in code marks: `| \`code\` | … |`. */
function rowsByCode(text: string): Map<string, string[]> {
  const rows = text.split("\n").filter((line) => line.startsWith("| `"));
  const cells = rows.map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  return new Map(cells.map(([first = "", ...rest]) => [first.replaceAll("`", ""), rest]));
}

describe("docs/glossary.md", () => {
  const rows = rowsByCode(read("docs/glossary.md"));

  it.each(Object.entries(TERMS))("%s: says what the screen says", (code, { screen, meaning, technical }) => {
    expect(rows.get(code)).toEqual([screen, meaning, technical ?? "–"]);
  });
});

describe("the environment", () => {
  const schema = read("lib/services/env.ts");
  const names = [...schema.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name ?? "");

  it("is read as a table of names", () => {
    expect(names).toEqual(expect.arrayContaining(["PORT", "TOUCHSTONE_DATA_DIR", "OPENAI_API_KEY"]));
  });

  it.each(["README.md", "docs/operations.md"])("%s names each variable and no other", (page) => {
    const table = read(page)
      .split("\n")
      .filter((line) => /^\| `[A-Z]/.test(line))
      .map((line) => line.split("|")[1] ?? "");
    const named = table.flatMap((cell) => [...cell.matchAll(/`([A-Z][A-Z_]+)`/g)].map(([, name]) => name));
    expect(named.toSorted()).toEqual(names.toSorted());
  });
});

describe("what pages refer to", () => {
  const scripts = (JSON.parse(read("package.json")) as { scripts: Record<string, string> }).scripts;

  it.each(pages)("%s: every relative link and picture is there", (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target]) => target ?? "");
    // pictures are made by UPDATE_SCREENSHOTS=1 npm run test:e2e -- first-ten; before the first time there are none
    const expected = links.filter((target) => hasPictures || !target.startsWith("docs/screenshots/"));
    const missing = expected.filter((target) => !existsSync(path.join(root, path.dirname(page), target)));
    expect(missing).toEqual([]);
  });

  it.each(pages)("%s: every npm script and every named file is there", (page) => {
    const text = read(page);
    const called = [...text.matchAll(/npm run (?:--silent )?([a-z][a-z0-9:-]*)/g)].map(
      ([, name]) => name ?? "",
    );
    expect(called.filter((name) => !(name in scripts))).toEqual([]);
    const files = [...text.matchAll(/`((?:app|db|docs|e2e|lib|scripts|bench|components)\/[\w./-]+\.\w+)`/g)];
    const missing = files.map(([, file]) => file ?? "").filter((file) => !existsSync(path.join(root, file)));
    expect(missing).toEqual([]);
  });

  it("pictures are those that the browser story makes", () => {
    const shown = [...read("README.md").matchAll(/docs\/screenshots\/([\w-]+)-light\.png/g)].map(
      ([, name]) => name,
    );
    const story = read("e2e/first-ten-minutes.spec.ts");
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.filter((name) => !story.includes(`"${name}"`))).toEqual([]);
  });

  it("decisions have each a number of its own, and three parts", () => {
    const decisions = globSync("docs/decisions/*.md", { cwd: root }).sort();
    const numbers = decisions.map((file) => path.basename(file).slice(0, 3));
    expect(numbers.filter((number) => !/^\d{3}$/.test(number))).toEqual([]);
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const file of decisions) {
      const headings = [...read(file).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
      expect([file, headings]).toEqual([file, ["Context", "Decision", "Consequences"]]);
    }
  });

  it("every dependency has its line in the decision on dependencies", () => {
    const { dependencies, devDependencies } = JSON.parse(read("package.json")) as Record<
      string,
      Record<string, string>
    >;
    const text = read("docs/decisions/016-dependencies.md");
    expect(Object.keys(dependencies ?? {}).filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
    const tools = Object.keys(devDependencies ?? {}).filter(
      (name) => !/^@types\/|^@tailwindcss\//.test(name),
    );
    expect(tools.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});
