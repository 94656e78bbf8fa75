import { z } from "zod";
import { projectSchema } from "@/lib/contracts/projects";
import { importPreviewSchema, importStateSchema } from "@/lib/contracts/record-imports";
import { type SeedPlan, seedProject } from "../../bench/workbench/seed";
import { type FakeLlm, startFakeLlm } from "../fake-llm/client";
import { Api } from "../fixtures/api";
import { useConnection as chooseConnection, clinicJsonl, createClinic } from "../fixtures/clinic";
import { OWNER, signedIn } from "../fixtures/people";
import { makeDataDir, type RunningServer, removeDataDir, startServer } from "../fixtures/server";
import { pause } from "./traffic";

export interface LoadPlan {
  experts: number;
  watchers: number;
  runs: number;
  /** What the endpoint takes for an answer. */
  callMs: number;
}

/** The built app with a project that is labelled, and others in which runs are under way. */
export interface LoadWorld {
  server: RunningServer;
  owner: Api;
  /** Sessions of experts, each confined to the queue. */
  experts: readonly Api[];
  projectId: string;
  queueId: string;
  judgeId: string;
  runIds: readonly string[];
  close(): Promise<void>;
}

const idSchema = z.looseObject({ id: z.string() });
const SIZE: Omit<SeedPlan, "projectId"> = { records: 10_000, traces: 20_000, queueSize: 2_000 };
/** More than any run comes to in the time that is measured. */
const BUDGET = 5_000;

export async function startLoadWorld(plan: LoadPlan): Promise<LoadWorld> {
  const endpoint = await startFakeLlm({ delayMs: plan.callMs });
  const dataDir = await makeDataDir();
  const first = await startServer({ dataDir });
  const setUp = new Api(first.url);
  await setUp.setUp(first.setupLink(), OWNER);
  const { id: projectId } = await setUp.post("/api/v1/projects/sample", undefined, projectSchema);
  await first.stop();
  const queueId = await seedProject(dataDir, { ...SIZE, projectId });
  const server = await startServer({ dataDir });
  const owner = await signedIn(server, OWNER.name);
  const queues = z.object({ items: z.array(z.looseObject({ id: z.string(), judgeId: z.string() })) });
  const { items } = await owner.get(`/api/v1/projects/${projectId}/queues`, queues);
  return {
    server,
    owner,
    experts: await letIn(server, owner, projectId, queueId, plan.experts),
    projectId,
    queueId,
    judgeId: items.find(({ id }) => id === queueId)?.judgeId ?? "",
    runIds: await startRuns(owner, endpoint, plan.runs),
    async close() {
      await server.stop();
      await endpoint.stop();
      await removeDataDir(dataDir);
    },
  };
}

/** Experts come by personal links: no password, one session each. */
async function letIn(
  server: RunningServer,
  owner: Api,
  projectId: string,
  queueId: string,
  count: number,
): Promise<Api[]> {
  const people: Api[] = [];
  for (let index = 0; index < count; index++) {
    const body = { queueId, name: `Expert ${index + 1}` };
    const { link } = await owner.post(
      `/api/v1/projects/${projectId}/personal-links`,
      body,
      z.looseObject({ link: z.string() }),
    );
    const api = new Api(server.url);
    await api.send("POST", "/api/v1/personal-links/open", {
      body: { token: new URL(link).searchParams.get("token") },
    });
    people.push(api);
  }
  return people;
}

/** A project each, since a project has one run at a time; together they have more to ask than the pool lets fly. */
async function startRuns(owner: Api, endpoint: FakeLlm, count: number): Promise<string[]> {
  const connection = { name: "Endpoint", baseUrl: endpoint.url, timeoutMs: 60_000, maxConcurrency: 256 };
  const { id: connectionId } = await owner.post("/api/v1/connections", connection, idSchema);
  const ids: string[] = [];
  for (let index = 0; index < count; index++) {
    const { project, prompt, judge } = await createClinic(owner);
    const projectId = project.id;
    await chooseConnection(owner, projectId, connectionId);
    await fill(owner, projectId);
    const body = {
      promptVersionId: prompt.versions[0]?.id,
      judges: [{ judgeVersionId: judge.inUse?.id ?? "", weight: 1 }],
      maxMetricCalls: BUDGET,
      lanes: 4,
      seed: index + 1,
      reason: "a bench of load",
    };
    ids.push((await owner.post(`/api/v1/projects/${projectId}/runs`, body, idSchema)).id);
  }
  return ids;
}

async function fill(owner: Api, projectId: string): Promise<void> {
  const at = `/api/v1/projects/${projectId}/records/import`;
  const raw = { text: clinicJsonl(), type: "application/x-ndjson" };
  const { importId } = importPreviewSchema.parse(await owner.send("POST", at, { raw }));
  await owner.send("POST", `${at}/${importId}/commit`);
  while ((await owner.get(`${at}/${importId}`, importStateSchema)).state !== "done") await pause(50);
}
