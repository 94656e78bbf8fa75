import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./paths.mjs";

/** Made by tools or by running the app: no source. */
const IGNORED = new Set([".cache", ".git", ".next", ".toolchain", "node_modules"]);
const IGNORED_AT_TOP = new Set([
  "data",
  "next-env.d.ts",
  "playwright-report",
  "test-results",
  "tsconfig.tsbuildinfo",
]);

/** What `next build` reads. Tests and tools are left out, so that editing them does not rebuild the app. */
const BUILD_FOLDERS = new Set(["app", "components", "db", "lib", "public"]);
const TEST_FILE = /\.(test|contract)\.(ts|tsx|mjs)$/;

/** A hash of every source file: two equal ones need to be checked once. */
export function sourceFingerprint(folder = root) {
  return hashFiles(folder, listFiles(folder));
}

/** A hash of all that goes into the built app. */
export function buildFingerprint(folder = root) {
  const files = listFiles(folder).filter((file) => {
    const [top, ...rest] = file.split("/");
    if (TEST_FILE.test(file)) return false;
    if (rest.length > 0) return BUILD_FOLDERS.has(top);
    return /\.(ts|mjs|json)$/.test(file) && !/^(vitest|playwright|drizzle)\.config/.test(file);
  });
  return hashFiles(folder, files);
}

function listFiles(folder, inside = "") {
  const files = [];
  for (const entry of readdirSync(path.join(folder, inside), { withFileTypes: true })) {
    const file = inside ? `${inside}/${entry.name}` : entry.name;
    if (IGNORED.has(entry.name) || (inside === "" && IGNORED_AT_TOP.has(entry.name))) continue;
    if (entry.isDirectory()) files.push(...listFiles(folder, file));
    else if (entry.isFile()) files.push(file);
  }
  return files.sort();
}

function hashFiles(folder, files) {
  const hash = createHash("sha256");
  for (const file of files) {
    const content = readFileSync(path.join(folder, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}
