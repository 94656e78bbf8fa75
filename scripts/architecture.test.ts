import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ARROWS } from "./architecture-map";
import { PLANTED_RULES } from "./planted-rules";

const root = path.resolve(import.meta.dirname, "..");
const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");

interface Finding {
  /** `lint/style/noRestrictedImports` and the like. */
  category: string;
  severity: string;
  location: { path: string; start?: { line: number } };
}

/**
 * The planted files live in a folder outside the project, beside a copy of its biome.jsonc: nothing is written into
 * the checkout, and the rules see the same relative paths.
 */
const planted = mkdtempSync(path.join(os.tmpdir(), "touchstone-arrows-"));
let findings: Finding[] = [];

function plant(file: string, lines: readonly string[]): void {
  const target = path.join(planted, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, `${lines.join("\n")}\n`);
}

function importOf(source: string): string {
  return source.includes(" ") ? source : `import "${source}";`;
}

function errorsIn(file: string, category: string): Finding[] {
  return findings.filter(
    (found) => found.location.path === file && found.category === category && found.severity === "error",
  );
}

beforeAll(() => {
  for (const name of ["biome.jsonc", ".gitignore"])
    copyFileSync(path.join(root, name), path.join(planted, name));
  for (const { file, allowed, forbidden } of ARROWS) plant(file, [...forbidden, ...allowed].map(importOf));
  for (const { files } of PLANTED_RULES)
    for (const [file, lines] of Object.entries(files)) plant(file, lines);
  const args = [biome, "lint", "--reporter=json", "--max-diagnostics=none", "."];
  const result = spawnSync(process.execPath, args, {
    cwd: planted,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  findings = (JSON.parse(result.stdout) as { diagnostics: Finding[] }).diagnostics;
});

afterAll(() => {
  rmSync(planted, { recursive: true, force: true });
});

describe("arrows of the architecture", () => {
  test.each(ARROWS)("$file: $line", ({ file, forbidden, allowed }) => {
    const flagged = new Set(
      errorsIn(file, "lint/style/noRestrictedImports").map((found) => found.location.start?.line),
    );
    const sources = [...forbidden, ...allowed];
    const refused = sources.filter((_, index) => flagged.has(index + 1));
    expect(refused).toEqual(forbidden);
    expect(forbidden.length).toBeGreaterThan(0);
    expect(allowed.length).toBeGreaterThan(0);
  });

  test("every source folder is on the map", () => {
    const mapped = ARROWS.map(({ file }) => file);
    const folders = readdirSync(path.join(root, "lib"), { withFileTypes: true }).map((entry) => {
      return entry.isDirectory() ? `lib/${entry.name}/` : `loose file lib/${entry.name}`;
    });
    expect(folders.filter((folder) => !mapped.some((file) => file.startsWith(folder)))).toEqual([]);
  });
});

describe("rules of the house", () => {
  test.each(PLANTED_RULES)("$rule in $where", ({ rule, files, clean = [] }) => {
    for (const file of Object.keys(files)) {
      expect(errorsIn(file, rule).length > 0, file).toBe(!clean.includes(file));
    }
  });
});

/** Every source file under `folder`, relative to the project. */
function sourcesUnder(folder: string): string[] {
  let entries: string[];
  try {
    entries = readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" });
  } catch {
    return []; // the folder comes with later work
  }
  return entries
    .map((entry) => path.posix.join(folder, entry.split(path.sep).join("/")))
    .filter((file) => /\.(ts|tsx|mjs|css)$/.test(file));
}

function codeOf(file: string): string {
  return readFileSync(path.join(root, file), "utf8");
}

function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, "$1");
}

const TEST_FILE = /\.(test|contract)\.tsx?$|\/(testing|conformance)\//;

describe("what the import rules cannot see", () => {
  test("the cores take no chance and no time from the world", () => {
    const cores = ["lib/gepa", "lib/judge", "lib/stats"]
      .flatMap(sourcesUnder)
      .filter((file) => !TEST_FILE.test(file));
    expect(cores.length).toBeGreaterThan(0);
    const impure = cores.filter((file) =>
      /Math\.random|Date\.now|new Date\b/.test(withoutComments(codeOf(file))),
    );
    expect(impure).toEqual([]);
  });

  test("lib/contracts takes only types from lib/gepa and lib/judge", () => {
    const taken = sourcesUnder("lib/contracts")
      .filter((file) => !TEST_FILE.test(file))
      .flatMap((file) => {
        const statements = withoutComments(codeOf(file)).matchAll(
          /^(?:import|export)\s(?:(?!^import|^export)[\s\S])*?from\s+"@\/lib\/(?:gepa|judge)[^"]*"/gm,
        );
        return [...statements].map(([statement]) => ({ file, statement }));
      });
    expect(taken.filter(({ statement }) => !/^(import|export) type\b/.test(statement))).toEqual([]);
  });

  test("what is left to do is written in an issue", () => {
    const folders = ["app", "bench", "components", "db", "e2e", "lib", "scripts", "test"];
    const open = new RegExp(
      `\\b(${["TO", "FIX"].map((word, index) => word + ["DO", "ME"][index]).join("|")})\\b(?!\\(#\\d+\\))`,
    );
    expect(folders.flatMap(sourcesUnder).filter((file) => open.test(codeOf(file)))).toEqual([]);
  });
});
