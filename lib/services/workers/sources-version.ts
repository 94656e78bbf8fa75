import "server-only";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** What a rollout's outcome depends on: two processes that differ here would not grade alike. */
const FOLDERS = ["lib/rollouts", "lib/judge", "lib/llm", "lib/util"];

/**
 * Version of what this process runs: the package's number, and a hash of the sources of a rollout where they are there
 * (a container may hold the built app alone). Server and workers must be of the same.
 */
export function sourcesVersion(root = process.cwd()): string {
  const at = (...parts: string[]): string => path.join(/* turbopackIgnore: true */ root, ...parts);
  const { version } = JSON.parse(readFileSync(at("package.json"), "utf8")) as { version: string };
  if (!FOLDERS.every((folder) => existsSync(at(folder)))) return version;
  const hash = createHash("sha256");
  for (const folder of FOLDERS) {
    const files = readdirSync(at(folder), { recursive: true, encoding: "utf8" });
    for (const file of files
      .filter((name) => name.endsWith(".ts") && !/\.(test|contract)\.ts$/.test(name))
      .sort())
      hash.update(`${folder}/${file}\n`).update(readFileSync(at(folder, file)));
  }
  return `${version}-${hash.digest("hex").slice(0, 12)}`;
}
