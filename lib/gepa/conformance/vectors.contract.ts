import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Vectors from CONFORMANCE_DIR when it is set, else the copy beside this file. For tests only. */
export function loadVectors<Case>(name: "pareto" | "merge" | "runs"): Case[] {
  const folder = process.env.CONFORMANCE_DIR ?? import.meta.dirname;
  return JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as Case[];
}
