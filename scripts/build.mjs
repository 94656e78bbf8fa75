// `npm run build`: a production build, whatever is there already.
import { bootstrap } from "./bootstrap.mjs";
import { ensureBuild } from "./setup/build.mjs";
import { runMain } from "./setup/say.mjs";

await runMain(async () => {
  ensureBuild(bootstrap(), { isForced: true });
  return 0;
});
