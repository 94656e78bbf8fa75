// `node scripts/run.mjs <tool> [args]`: runs one of the project's tools on the right Node, from a fresh clone too.
// Its stdout is the tool's alone.
import { bootstrap } from "./bootstrap.mjs";
import { runMain, SetupError } from "./setup/say.mjs";
import { runForeground } from "./setup/spawn.mjs";

await runMain(async () => {
  const [tool, ...args] = process.argv.slice(2);
  if (!tool) throw new SetupError("Usage: node scripts/run.mjs <tool> [args]");
  return runForeground(bootstrap(), tool, args);
});
