import type { AnyRoute } from "./define-route";
import * as accounts from "./routes/accounts.routes";
import * as audit from "./routes/audit.routes";
import * as connections from "./routes/connections.routes";
import * as erasure from "./routes/erasure.routes";
import * as evaluations from "./routes/evaluations.routes";
import * as events from "./routes/events.routes";
import * as judgeChecks from "./routes/judge-checks.routes";
import * as judges from "./routes/judges.routes";
import * as keys from "./routes/keys.routes";
import * as labels from "./routes/labels.routes";
import * as meta from "./routes/meta.routes";
import * as mlflow from "./routes/mlflow.routes";
import * as people from "./routes/people.routes";
import * as projects from "./routes/projects.routes";
import * as promptChecks from "./routes/prompt-checks.routes";
import * as prompts from "./routes/prompts.routes";
import * as recordFiles from "./routes/record-files.routes";
import * as records from "./routes/records.routes";
import * as retention from "./routes/retention.routes";
import * as reviews from "./routes/reviews.routes";
import * as runs from "./routes/runs.routes";
import * as server from "./routes/server.routes";
import * as spend from "./routes/spend.routes";
import * as targets from "./routes/targets.routes";
import * as webhooks from "./routes/webhooks.routes";

const areas: readonly object[] = [
  accounts,
  audit,
  connections,
  erasure,
  evaluations,
  events,
  judgeChecks,
  judges,
  keys,
  labels,
  meta,
  mlflow,
  people,
  projects,
  promptChecks,
  prompts,
  records,
  recordFiles,
  retention,
  reviews,
  runs,
  server,
  spend,
  targets,
  webhooks,
];

/** Every route of the API, in the order of the files. The API description and the role matrix are made from it. */
export const routes: readonly AnyRoute[] = areas.flatMap((area) => Object.values(area) as AnyRoute[]);
