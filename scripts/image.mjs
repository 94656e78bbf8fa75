// `npm run test:image`: assembles what the Dockerfile ships, and drives it (e2e/image).
import { bootstrap } from "./bootstrap.mjs";
import { runMain } from "./setup/say.mjs";
import { runTool } from "./setup/spawn.mjs";

await runMain(() => runTool(bootstrap(), "tsx", ["e2e/image/main.ts", ...process.argv.slice(2)]));
