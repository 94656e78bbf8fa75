import path from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the project: every script works from here, wherever it is called from. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** What the scripts remember between runs; thrown away with node_modules. */
export const cacheDir = path.join(root, "node_modules/.cache/touchstone");
