import "server-only";
import { z } from "zod";
import { sha256Hex, stableStringify } from "@/lib/util/hash";
import type { RemoteLine } from "./import-content";
import type { MlflowClient } from "./mlflow-client";

const datasetsSchema = z.object({
  datasets: z.array(z.object({ dataset_id: z.string(), name: z.string().default("") })).default([]),
  next_page_token: z.string().default(""),
});
/** The records are a JSON text inside the JSON. */
const recordsSchema = z.object({
  records: z
    .string()
    .default("[]")
    .transform((text) => z.array(recordSchema).parse(JSON.parse(text === "" ? "[]" : text))),
  next_page_token: z.string().default(""),
});
const recordSchema = z.looseObject({
  dataset_record_id: z.string(),
  inputs: z.unknown(),
  expectations: z.record(z.string(), z.unknown()).nullish(),
  tags: z.record(z.string(), z.unknown()).nullish(),
});

const PAGE = 500;
const MOST_LINES = 20_000;

/** Records of the experiment's evaluation datasets, as lines of an import. Throws `MlflowError`. */
export async function readDatasets(
  client: MlflowClient,
  experimentId: string,
  notices: string[],
): Promise<RemoteLine[]> {
  const lines: RemoteLine[] = [];
  for (const { dataset_id: id, name } of await datasetsOf(client, experimentId)) {
    let token = "";
    do {
      const query = { max_results: String(PAGE), ...(token === "" ? {} : { page_token: token }) };
      const path = `3.0/mlflow/datasets/${encodeURIComponent(id)}/records`;
      const page = await client.call("GET", path, recordsSchema, { query });
      lines.push(...page.records.map(toLine));
      token = page.next_page_token;
      if (lines.length >= MOST_LINES) {
        notices.push(
          `Datasets: only the first ${MOST_LINES.toLocaleString("en")} records were read, up to "${name}".`,
        );
        return lines.slice(0, MOST_LINES);
      }
    } while (token !== "");
  }
  return lines;
}

async function datasetsOf(client: MlflowClient, experimentId: string) {
  const found: z.infer<typeof datasetsSchema>["datasets"] = [];
  let token = "";
  do {
    const page = await client.call("POST", "3.0/mlflow/datasets/search", datasetsSchema, {
      body: { experiment_ids: [experimentId], ...(token === "" ? {} : { page_token: token }) },
    });
    found.push(...page.datasets);
    token = page.next_page_token;
  } while (token !== "");
  return found;
}

function toLine({
  dataset_record_id: remoteId,
  inputs,
  expectations,
  tags,
}: z.infer<typeof recordSchema>): RemoteLine {
  const named = Object.entries(tags ?? {}).filter(([name]) => !name.startsWith("mlflow."));
  const value = { inputs, expectations: expectations ?? {}, tags: Object.fromEntries(named) };
  return { remoteId, hash: hashOf(value), value };
}

/** Tells whether a thing there says something else than when it was taken over. */
export function hashOf(value: unknown): string {
  return sha256Hex(stableStringify(value ?? null));
}
