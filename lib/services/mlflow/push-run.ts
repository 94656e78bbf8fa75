import "server-only";
import { z } from "zod";
import { type MlflowClient, MlflowError } from "./mlflow-client";
import { findExperiment, isProxied, type MlflowExperiment } from "./probe";

const nothing = z.unknown();
const runSchema = z.object({
  info: z.object({ run_id: z.string(), artifact_uri: z.string().default("") }),
});
type RemoteRun = z.infer<typeof runSchema>["info"];

/** What a promotion tells of itself there. */
export interface RunFacts {
  name: string;
  /** Told apart by it: one run a move of the alias. */
  eventId: string;
  at: number;
  metrics: Readonly<Record<string, number>>;
  params: Readonly<Record<string, string>>;
  tags: Readonly<Record<string, string>>;
}

const EVENT_TAG = "touchstone.alias_event";

/** The experiment, made if it is not there. */
export async function ensureExperiment(client: MlflowClient, name: string): Promise<MlflowExperiment> {
  const there = await findExperiment(client, name);
  if (there) return there;
  await client.call("POST", "2.0/mlflow/experiments/create", nothing, { body: { name } });
  const made = await findExperiment(client, name);
  if (made) return made;
  throw new MlflowError(`The experiment "${name}" was made and cannot be read.`, 200, "READ_BACK");
}

/** The run of this promotion, once, however often it is tried. */
export async function writeRun(
  client: MlflowClient,
  experimentId: string,
  facts: RunFacts,
): Promise<RemoteRun> {
  const { runs } = await client.call(
    "POST",
    "2.0/mlflow/runs/search",
    z.object({ runs: z.array(runSchema).default([]) }),
    {
      body: {
        experiment_ids: [experimentId],
        filter: `tags.\`${EVENT_TAG}\` = '${facts.eventId}'`,
        max_results: 1,
      },
    },
  );
  const run = runs[0]?.info ?? (await createRun(client, experimentId, facts));
  const stamp = { timestamp: facts.at, step: 0 };
  await client.call("POST", "2.0/mlflow/runs/log-batch", nothing, {
    body: {
      run_id: run.run_id,
      metrics: Object.entries(facts.metrics).map(([key, value]) => ({ key, value, ...stamp })),
      params: Object.entries(facts.params).map(([key, value]) => ({ key, value: value.slice(0, 6_000) })),
    },
  });
  const ended = { run_id: run.run_id, status: "FINISHED", end_time: facts.at };
  await client.call("POST", "2.0/mlflow/runs/update", nothing, { body: ended });
  return run;
}

async function createRun(client: MlflowClient, experimentId: string, facts: RunFacts): Promise<RemoteRun> {
  const tags = { ...facts.tags, [EVENT_TAG]: facts.eventId };
  const { run } = await client.call("POST", "2.0/mlflow/runs/create", z.object({ run: runSchema }), {
    body: {
      experiment_id: experimentId,
      start_time: facts.at,
      run_name: facts.name,
      tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
    },
  });
  return run.info;
}

/**
 * The evidence bundle beside the run.
 * @returns false where the server keeps artifacts in a store of its own, of which we have no key
 */
export async function writeBundle(client: MlflowClient, run: RemoteRun, bundle: unknown): Promise<boolean> {
  if (!isProxied(run.artifact_uri) || run.artifact_uri === "") return false;
  const place = run.artifact_uri.replace(/^mlflow-artifacts:(?:\/\/[^/]*)?\/*/, "");
  const raw = { text: JSON.stringify(bundle), type: "application/json" };
  await client.call("PUT", `2.0/mlflow-artifacts/artifacts/${place}/evidence-bundle.json`, nothing, { raw });
  return true;
}
