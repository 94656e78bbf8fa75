import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./paths.mjs";

/**
 * Platform packages that a lock file forgets: npm writes a lock without an optional package that the registry at hand
 * lacks, and then the install fails or misses its binary on another system. Also entries that name a registry host.
 * @param {Record<string, any>} packages the `packages` of a package-lock.json
 * @returns {string[]} one line a problem
 */
export function findLockProblems(packages) {
  const problems = [];
  for (const [place, entry] of Object.entries(packages)) {
    for (const name of Object.keys(entry.optionalDependencies ?? {})) {
      if (!isReachable(packages, place, name))
        problems.push(`${place || "the project"} needs ${name}, which the lock lacks`);
    }
    if (entry.resolved && !entry.link)
      problems.push(`${place} is bound to ${new URL(entry.resolved, "file:").host || "a file"}`);
  }
  return problems;
}

/** Prints what is wrong with package-lock.json; resolves to an exit code. */
export function lockcheck() {
  const lock = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8"));
  const problems = findLockProblems(lock.packages);
  for (const problem of problems) console.error(`package-lock.json: ${problem}`);
  return problems.length === 0 ? 0 : 1;
}

/** Node's own lookup: in the package's node_modules, then in that of each folder above. */
function isReachable(packages, place, name) {
  for (let folder = place; ; folder = parentOf(folder)) {
    if (packages[`${folder ? `${folder}/` : ""}node_modules/${name}`]) return true;
    if (!folder) return false;
  }
}

function parentOf(folder) {
  const index = folder.lastIndexOf("/node_modules/");
  return index < 0 ? "" : folder.slice(0, index);
}
