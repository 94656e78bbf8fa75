// `npm run check`: lock file, types, lint, arrows, unused code, migrations, unit tests. The last line is the sum.
import { bootstrap } from "./bootstrap.mjs";
import { exitCodeOf, formatCounts } from "./setup/counts.mjs";
import { runChecks } from "./setup/run-checks.mjs";
import { runMain } from "./setup/say.mjs";

await runMain(async () => {
  const counts = runChecks(bootstrap());
  console.log(`\n${formatCounts(counts)}`);
  return exitCodeOf(counts);
});
