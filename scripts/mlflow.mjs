// `npm run test:mlflow`: builds if needed, then both directions against the real MLflow (e2e/mlflow).
import { bootstrap } from "./bootstrap.mjs";
import { ensureBuild } from "./setup/build.mjs";
import { formatCounts } from "./setup/counts.mjs";
import { runMlflowTests } from "./setup/mlflow-tests.mjs";
import { runMain } from "./setup/say.mjs";

await runMain(() => {
  const tools = bootstrap();
  ensureBuild(tools);
  const counts = runMlflowTests(tools);
  console.log(`\n${formatCounts(counts)}`);
  return counts.failed === 0 ? 0 : 1;
});
