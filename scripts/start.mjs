// `npm start`: everything a fresh machine needs, then the app in production mode.
// --no-build: serve the build that is there (tests build once and start many copies).
import { bootstrap } from "./bootstrap.mjs";
import { readAddress } from "./setup/address.mjs";
import { ensureBuild, hasBuild } from "./setup/build.mjs";
import { runMain, SetupError } from "./setup/say.mjs";
import { runForeground } from "./setup/spawn.mjs";

await runMain(async () => {
  const address = readAddress(process.env);
  const tools = bootstrap();
  if (!process.argv.includes("--no-build")) ensureBuild(tools);
  else if (!hasBuild()) throw new SetupError("There is no build to serve: run `npm run build` first.");
  return runForeground(tools, "next", ["start", ...address.args], {
    ...address.env,
    NODE_ENV: "production",
    HOST: address.host,
    PORT: address.port,
    TOUCHSTONE_DATA_DIR: address.dataDir,
    // Next would end the process before jobs have drained; our own server does it (lib/services/start-server.ts).
    NEXT_MANUAL_SIG_HANDLE: "1",
  });
});
