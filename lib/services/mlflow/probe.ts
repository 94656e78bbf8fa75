import "server-only";
import { z } from "zod";
import type { MlflowLinkView, MlflowService } from "@/lib/contracts/mlflow";
import { type MlflowClient, MlflowError } from "./mlflow-client";
import { IS_PROMPT } from "./registry-form";

const anything = z.unknown();
const experimentSchema = z.object({
  experiment: z.object({
    experiment_id: z.string(),
    artifact_location: z.string().default(""),
    lifecycle_stage: z.string().default("active"),
  }),
});
export type MlflowExperiment = z.infer<typeof experimentSchema>["experiment"];

export type ProbeResult = NonNullable<MlflowLinkView["services"]>;

/** The experiment by name; null when it is not there. Throws `MlflowError`. */
export async function findExperiment(client: MlflowClient, name: string): Promise<MlflowExperiment | null> {
  try {
    const { experiment } = await client.call("GET", "2.0/mlflow/experiments/get-by-name", experimentSchema, {
      query: { experiment_name: name },
    });
    return experiment;
  } catch (error) {
    if (error instanceof MlflowError && error.code === "RESOURCE_DOES_NOT_EXIST") return null;
    throw error;
  }
}

/**
 * Which services the server has, by asking each for nothing much. A refusal of one is no absence and is thrown, so
 * that a wrong token does not look like an old server.
 */
export async function probe(client: MlflowClient, experimentName: string): Promise<ProbeResult> {
  const version = await client.version();
  const experiment = await findExperiment(client, experimentName);
  const id = experiment?.experiment_id ?? "0";
  const parts: ProbeResult["parts"] = [];
  const look = async (service: MlflowService, there: string, ask: () => Promise<unknown>): Promise<void> => {
    parts.push({ service, ...(await isThere(ask)), detail: there });
  };
  const query = { filter: `tags.\`${IS_PROMPT}\` = 'true'`, max_results: "1" };
  await look("prompts", "versions and aliases come in and go out", () =>
    client.call("GET", "2.0/mlflow/registered-models/search", anything, { query }),
  );
  await look("runs", `a run in the experiment "${experimentName}" for each promotion`, () =>
    client.call("POST", "2.0/mlflow/experiments/search", anything, { body: { max_results: 1 } }),
  );
  const proxied = experiment === null || isProxied(experiment.artifact_location);
  await look("artifacts", "the evidence bundle beside the run", () =>
    proxied
      ? client.call("GET", "2.0/mlflow-artifacts/artifacts", anything, { query: { path: "" } })
      : Promise.reject(new MlflowError("no proxy", 501, "", true)),
  );
  await look("datasets", "evaluation datasets come in as records", () =>
    client.call("POST", "3.0/mlflow/datasets/search", anything, {
      body: { experiment_ids: [id], max_results: 1 },
    }),
  );
  await look("traces", "what people judged there comes in as answers and labels", () =>
    client.call("POST", "3.0/mlflow/traces/search", anything, { body: tracesIn(id, 1) }),
  );
  await look("judges", "the aligned judge goes out as an instruction judge", () =>
    client.call("GET", "3.0/mlflow/scorers/list", anything, { query: { experiment_id: id } }),
  );
  return { version, parts };
}

async function isThere(ask: () => Promise<unknown>): Promise<{ isThere: boolean }> {
  try {
    await ask();
    return { isThere: true };
  } catch (error) {
    if (error instanceof MlflowError && error.isAbsent) return { isThere: false };
    throw error;
  }
}

/** Artifacts go through the server itself, and not to a store that we have no key of. */
export function isProxied(location: string): boolean {
  return location === "" || location.startsWith("mlflow-artifacts:");
}

/** Body of a search for the traces of one experiment, oldest first. */
export function tracesIn(experimentId: string, maxResults: number): Record<string, unknown> {
  return {
    locations: [{ type: "MLFLOW_EXPERIMENT", mlflow_experiment: { experiment_id: experimentId } }],
    max_results: maxResults,
    order_by: ["timestamp_ms ASC"],
  };
}
