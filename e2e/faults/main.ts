// `npm run test:faults [-- KILLS [SEED]]`: the long fault suite against the built app. Prints a table and a sum.
import { runKills } from "./kills";
import { troubles } from "./troubles";

const [kills = "54", seed = String(Date.now())] = process.argv.slice(2);
let passed = 0;
let failed = 0;
const row = (name: string, detail: string, problem: string | null): void => {
  if (problem === null) passed += 1;
  else failed += 1;
  console.log(`${problem === null ? "ok    " : "FAILED"}  ${name.padEnd(30)}  ${problem ?? detail}`);
};

console.log(`kill -9 at ${kills} random moments, seed ${seed}`);
await runKills(Number(kills), seed, ({ round, activity, afterMs, problem }) =>
  row(`${String(round + 1).padStart(3)} ${activity}`, `killed after ${afterMs} ms`, problem),
);
console.log("\ntroubles round the server");
for (const trouble of troubles) {
  try {
    row(trouble.name, await trouble.run(), null);
  } catch (error) {
    row(trouble.name, "", error instanceof Error ? error.message : String(error));
  }
}
console.log(`\n${passed} passed, ${failed} failed, 0 skipped`);
process.exit(failed === 0 ? 0 : 1);
