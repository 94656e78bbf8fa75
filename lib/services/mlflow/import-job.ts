import "server-only";
import type { MlflowImport, MlflowLink } from "@/db/repos/mlflow.repo";
import type { Actor } from "@/lib/contracts/permissions";
import type { FetchLike } from "@/lib/llm";
import { audit } from "../audit";
import type { JobContext, JobHandler } from "../jobs/job-types";
import type { ServiceDeps } from "../service-deps";
import { type ImportContent, importContentSchema } from "./import-content";
import { applyTraces, planTraces } from "./import-labels";
import { applyPrompts, planPrompts } from "./import-prompts";
import { applyRecords, planRecords } from "./import-records";
import { newTally, planOf } from "./import-tally";
import { linkServer } from "./link-server";
import { createMlflowClient, type MlflowClient, MlflowError } from "./mlflow-client";
import { findExperiment } from "./probe";
import { readDatasets } from "./read-datasets";
import { readPrompts } from "./read-prompts";
import { readTraces } from "./read-traces";

/**
 * Reads the server and says what an import would do; once that is confirmed, writes what was read then. What can be
 * told apart is taken once, so that an import that was cut off, or is done again, writes nothing twice.
 */
export function createMlflowImportJob(deps: ServiceDeps, fetch: FetchLike): JobHandler {
  return async (context) => {
    const { repos } = deps;
    const started = repos.mlflow.import(context.job.subjectId);
    if (!started || started.appliedAt !== null) return;
    const link = repos.mlflow.link(started.projectId);
    try {
      if (!link) throw new MlflowError("The project is no longer connected with an MLflow server.", null, "");
      if (started.confirmedAt === null) await read(deps, fetch, context, started, link);
      else await write(deps, context, started, link);
    } catch (error) {
      context.signal.throwIfAborted();
      const expected = error instanceof MlflowError;
      const problem = expected
        ? error.message
        : "It failed by an error of this server's own; the log has it.";
      repos.mlflow.changeImport(started.id, { problem });
      if (!expected) throw error;
    }
  };
}

async function read(
  deps: ServiceDeps,
  fetch: FetchLike,
  { signal, setProgress }: JobContext,
  { id, projectId }: MlflowImport,
  link: MlflowLink,
): Promise<void> {
  const client = createMlflowClient(fetch, linkServer(deps, link), signal);
  const content = await readContent(client, link.experiment, (stage) => setProgress({ stage }));
  const tally = newTally(content.notices);
  planPrompts(deps, projectId, content.prompts, true, tally);
  const { hashes } = await planRecords(deps, projectId, content.lines, tally);
  planTraces(deps, projectId, content.traces, hashes, tally);
  deps.repos.mlflow.changeImport(id, { content, preview: planOf(tally) });
}

async function readContent(
  client: MlflowClient,
  experimentName: string,
  onStage: (stage: string) => void,
): Promise<ImportContent> {
  const content: ImportContent = { prompts: [], lines: [], traces: [], notices: [] };
  const { notices } = content;
  onStage("prompts");
  content.prompts = (await ifThere(notices, "prompts", () => readPrompts(client, notices))) ?? [];
  const experiment = await findExperiment(client, experimentName);
  if (!experiment) {
    notices.push(`There is no experiment "${experimentName}" on the server: only prompts were read.`);
    return content;
  }
  const id = experiment.experiment_id;
  onStage("datasets");
  content.lines = (await ifThere(notices, "datasets", () => readDatasets(client, id, notices))) ?? [];
  onStage("traces");
  const judged = await ifThere(notices, "traces", () => readTraces(client, id, notices));
  if (judged) {
    content.traces = judged.traces;
    content.lines = [...content.lines, ...judged.lines];
  }
  return content;
}

/** What the server has of a service; null, and a notice, when it lacks it. Anything else that goes wrong is thrown. */
async function ifThere<Result>(
  notices: string[],
  service: string,
  ask: () => Promise<Result>,
): Promise<Result | null> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof MlflowError && error.isAbsent)) throw error;
    notices.push(`This server has no service for ${service}: none came in. Nothing else depends on it.`);
    return null;
  }
}

async function write(
  deps: ServiceDeps,
  context: JobContext,
  started: MlflowImport,
  { url }: MlflowLink,
): Promise<void> {
  const { repos, now } = deps;
  const { id, projectId, createdBy, maySetAliases } = started;
  const content = importContentSchema.parse(started.content);
  const actor = importerOf(deps, createdBy);
  const tally = newTally(content.notices);
  context.setProgress({ stage: "prompts" });
  applyPrompts(
    deps,
    projectId,
    planPrompts(deps, projectId, content.prompts, maySetAliases, tally),
    actor,
    url,
  );
  context.setProgress({ stage: "records" });
  const records = await planRecords(deps, projectId, content.lines, tally);
  await applyRecords(deps, context, { id, projectId, createdBy }, records);
  context.signal.throwIfAborted();
  const traces = planTraces(deps, projectId, content.traces, records.hashes, tally);
  await applyTraces(deps, projectId, traces, (done) => {
    context.signal.throwIfAborted();
    context.setProgress({ stage: "answers and labels", done, total: traces.length });
  });
  repos.transaction(() => {
    const result = planOf(tally);
    repos.mlflow.changeImport(id, { content: null, result, appliedAt: now() });
    const details = { from: url, counts: result.counts };
    audit(deps, actor, {
      projectId,
      action: "mlflow-imported",
      subjectType: "import",
      subjectId: id,
      details,
    });
  });
}

/** Who confirmed it, for the audit log: a person, a key or the server itself. */
function importerOf({ repos }: ServiceDeps, createdBy: string): Actor {
  const person = repos.users.byId(createdBy);
  return person
    ? { kind: "user", userId: person.id, name: person.name, isServerAdmin: false, roles: {} }
    : { kind: "system", name: createdBy };
}
