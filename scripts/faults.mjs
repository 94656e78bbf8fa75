// `npm run test:faults`: builds if needed, then the long fault suite (e2e/faults) against the built app.
import { bootstrap } from "./bootstrap.mjs";
import { ensureBuild } from "./setup/build.mjs";
import { runMain } from "./setup/say.mjs";
import { runTool } from "./setup/spawn.mjs";

await runMain(async () => {
  const tools = bootstrap();
  ensureBuild(tools);
  return runTool(tools, "tsx", ["e2e/faults/main.ts", ...process.argv.slice(2)]);
});
