// `npm run test:mlflow`: the real MLflow, both ways, against the built app. Prints what each side saw, and a sum.
import { writeFileSync } from "node:fs";
import { checkImport } from "./check-import";
import { checkPromotion } from "./check-promotion";
import { checkServed } from "./check-served";
import { openMlflowWorld } from "./world";

let passed = 0;
let failed = 0;
const check = async (name: string, look: () => Promise<string>): Promise<void> => {
  try {
    const seen = await look();
    passed += 1;
    console.log(`ok      ${name}\n        ${seen.replaceAll("\n", "\n        ")}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n        ${error instanceof Error ? error.message : String(error)}`);
  }
};

const world = await openMlflowWorld();
try {
  await checkImport(world, check);
  await checkPromotion(world, check);
  await checkServed(world, check);
} finally {
  await world.close();
}
console.log(`${passed} passed, ${failed} failed, 0 skipped`);
const report = process.env.TOUCHSTONE_MLFLOW_REPORT;
if (report) writeFileSync(report, JSON.stringify({ passed, failed, skipped: 0 }));
process.exit(failed === 0 ? 0 : 1);
