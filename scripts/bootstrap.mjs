// Runs before anything is installed, on Node 20 too: built-ins alone, here and in scripts/setup.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ensureDependencies } from "./setup/dependencies.mjs";
import { ensureNode } from "./setup/node-runtime.mjs";
import { root } from "./setup/paths.mjs";
import { runMain } from "./setup/say.mjs";

/**
 * Makes the checkout ready to run: a Node that is new enough, and the dependencies of the lock file. Quick when both
 * are there; says on stderr what it fetches otherwise. Safe to run from several processes at once.
 * @returns {{ node: string, env: NodeJS.ProcessEnv }} the Node to run things with, and an environment whose PATH has
 *   that Node and the project's tools first
 */
export function bootstrap() {
  const node = ensureNode();
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
  // Windows spells it Path; two spellings in one environment would make the choice random.
  const pathKey = Object.keys(env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  const bins = path.join(root, "node_modules/.bin");
  env[pathKey] = [path.dirname(node), bins, env[pathKey]].filter(Boolean).join(path.delimiter);
  ensureDependencies(env);
  return { node, env };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await runMain(() => {
    bootstrap();
    return 0;
  });
}
