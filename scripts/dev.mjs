// `npm run dev`: the app with hot reloading, for those who change it.
import { bootstrap } from "./bootstrap.mjs";
import { readAddress } from "./setup/address.mjs";
import { runMain } from "./setup/say.mjs";
import { runForeground } from "./setup/spawn.mjs";

await runMain(async () => {
  const address = readAddress(process.env);
  return runForeground(bootstrap(), "next", ["dev", ...address.args], {
    ...address.env,
    NODE_ENV: "development",
    HOST: address.host,
    PORT: address.port,
    TOUCHSTONE_DATA_DIR: address.dataDir,
  });
});
