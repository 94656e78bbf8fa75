// `npm run test:scale`: runs over Redis under kills (bench/scale/disturbed.ts); installs Redis where that can be done.
import { bootstrap } from "./bootstrap.mjs";
import { ensureRedis } from "./setup/redis.mjs";
import { runMain } from "./setup/say.mjs";
import { runTool } from "./setup/spawn.mjs";

await runMain(async () => {
  const tools = bootstrap();
  ensureRedis(tools);
  return runTool(tools, "tsx", [
    "--conditions=react-server",
    "bench/scale/disturbed.ts",
    ...process.argv.slice(2),
  ]);
});
