import { z } from "zod";
import { promptSchema } from "@/lib/contracts/prompts";
import { importPreviewSchema, importStateSchema } from "@/lib/contracts/record-imports";
import type { FaultWorld } from "./world";
import { until } from "./world";

/** Something people do, that a kill may meet at any moment. */
export interface Activity {
  name: string;
  /** How long it usually takes: the kill falls within. */
  lengthMs: number;
  /** Begins it; ends, or is cut, without an error. What the server acknowledged is noted. */
  act(world: FaultWorld, round: number, noted: Acknowledged): Promise<void>;
  /** After the restart: waits for its end and checks that all that was acknowledged is there. */
  check(world: FaultWorld, round: number, noted: Acknowledged): Promise<void>;
}

/** What the server said "done" to, by path of where it can be read. */
export interface Acknowledged {
  paths: string[];
  facts: Record<string, string | number>;
}

const idSchema = z.looseObject({ id: z.string() });
const stateSchema = z.looseObject({ state: z.string() });
const FINAL = ["done", "failed", "cancelled"];

/** Jobs go on by themselves after a kill; one that paused says why, which is a failure of the suite. */
async function untilDone(world: FaultWorld, path: string, stateOf: (body: never) => string): Promise<void> {
  const read = async () => stateOf((await world.api.send("GET", path)) as never);
  const state = await until(`${path} done`, read, (value) => FINAL.includes(value) || value === "paused");
  if (state !== "done") throw new Error(`${path} is ${state}`);
}

const run: Activity = {
  name: "run",
  lengthMs: 2_500,
  async act({ api, projectId, promptVersionId, judgeVersionId }, round, noted) {
    const judges = [{ judgeVersionId, weight: 1 }];
    const body = { promptVersionId, judges, maxMetricCalls: 20, seed: round, reason: "a fault test" };
    noted.paths.push(
      `/api/v1/runs/${(await api.post(`/api/v1/projects/${projectId}/runs`, body, idSchema)).id}`,
    );
  },
  async check(world, _, { paths }) {
    for (const path of paths) await untilDone(world, path, (body) => stateSchema.parse(body).state);
  },
};

const importing: Activity = {
  name: "import",
  lengthMs: 600,
  async act({ api, projectId }, round, noted) {
    const at = `/api/v1/projects/${projectId}/records/import`;
    const raw = { text: importFile(round), type: "application/x-ndjson" };
    const { importId } = importPreviewSchema.parse(await api.send("POST", at, { raw }));
    await api.post(`${at}/${importId}/commit`, undefined, importStateSchema);
    noted.facts.importId = importId;
  },
  async check(world, round, { facts }) {
    const { api, projectId } = world;
    const at = `/api/v1/projects/${projectId}/records/import`;
    const stateOf = (body: never): string => importStateSchema.parse(body).state;
    // a confirmed import goes on by itself
    if (facts.importId !== undefined) await untilDone(world, `${at}/${facts.importId}`, stateOf);
    const raw = { text: importFile(round), type: "application/x-ndjson" };
    const { importId, counts } = importPreviewSchema.parse(await api.send("POST", at, { raw }));
    if (facts.importId !== undefined && counts.new > 0)
      throw new Error(`${counts.new} records of a confirmed import are gone`);
    await api.post(`${at}/${importId}/commit`, undefined, importStateSchema);
    await untilDone(world, `${at}/${importId}`, stateOf);
    const { result } = await api.get(`${at}/${importId}`, importStateSchema);
    if (result.created + result.skipped + result.updated !== LINES)
      throw new Error(`imported again: ${JSON.stringify(result).slice(0, 200)}`);
  },
};
const LINES = 120;
function importFile(round: number): string {
  return Array.from({ length: LINES }, (_, line) =>
    JSON.stringify({
      inputs: { question: `Question ${line} of import ${round}, about zebra ${line * 7 + round}?` },
    }),
  ).join("\n");
}

const label: Activity = {
  name: "label",
  lengthMs: 700,
  async act({ api, judgeId, queueId, projectId }, round, noted) {
    const next = z.object({ item: z.looseObject({ traceId: z.string() }).nullable() });
    const { item } = await api.post(`/api/v1/queues/${queueId}/next`, { after: null, not: [] }, next);
    // a small queue is soon done: then a label of before is given anew
    const { items } = await api.get(`/api/v1/projects/${projectId}/labels?mine=true&limit=1`, tracesSchema);
    const traceId = item?.traceId ?? items[0]?.traceId;
    for (let count = 0; count < 400; count++) {
      const body = { traceId, judgeId, queueId, value: 1 + (count % 5), reason: `round ${round}, ${count}` };
      const made = await api.post("/api/v1/labels", body, idSchema);
      noted.facts.label = made.id;
      noted.facts.reason = body.reason;
    }
  },
  async check({ api, projectId }, _, { facts }) {
    if (facts.label === undefined) return;
    const list = z.object({ items: z.array(z.looseObject({ id: z.string(), reason: z.string() })) });
    const { items } = await api.get(`/api/v1/projects/${projectId}/labels?mine=true&limit=200`, list);
    // the one after it may have been stored before the kill cut its answer; then that one counts now
    const [newest] = items.filter(({ reason }) =>
      String(reason).startsWith(String(facts.reason).split(",")[0] ?? ""),
    );
    const count = (reason: unknown): number => Number(String(reason).split(", ")[1]);
    if (!newest || count(newest.reason) < count(facts.reason))
      throw new Error(`label ${facts.label} is gone`);
  },
};

const tracesSchema = z.object({ items: z.array(z.looseObject({ traceId: z.string() })) });

const alignment: Activity = {
  name: "alignment",
  lengthMs: 2_500,
  async act({ api, judgeId }, _, noted) {
    const made = await api.post(`/api/v1/judges/${judgeId}/alignments`, undefined, idSchema);
    noted.paths.push(`/api/v1/alignments/${made.id}`);
  },
  async check(world, _, { paths }) {
    const body = { decision: "kept-old" };
    for (const path of paths) {
      await untilDone(world, path, (answer) => stateSchema.parse(answer).state);
      await world.api.send("POST", `${path}/decision`, { body });
    }
  },
};
/** A review with one look at the sealed records. */
const evidence: Activity = {
  name: "evidence",
  lengthMs: 2_500,
  async act({ api, projectId, promptId }, round, noted) {
    const components = { system: `Answer in ${round + 2} sentences, and name the sample size.` };
    const { id } = await api.post(
      `/api/v1/projects/${projectId}/reviews`,
      { promptId, components },
      idSchema,
    );
    noted.facts.review = id;
    await api.send("POST", `/api/v1/reviews/${id}/evidence`);
    noted.paths.push(`/api/v1/reviews/${id}`);
  },
  async check(world, _, { paths, facts }) {
    if (facts.review !== undefined) await world.api.send("GET", `/api/v1/reviews/${facts.review}`);
    for (const path of paths)
      await untilDone(world, path, (body) => reviewSchema.parse(body).evidence?.state ?? "done");
  },
};
const reviewSchema = z.looseObject({ evidence: stateSchema.nullable() });

/** Change after change goes live in a project without records, where the reason stands in for evidence. */
const promotion: Activity = {
  name: "promotion",
  lengthMs: 900,
  async act({ api, live }, round, noted) {
    const at = `/api/v1/projects/${live.projectId}`;
    for (let take = 0; take < 60; take++) {
      const components = { system: textOf(round, take) };
      const { id } = await api.post(`${at}/reviews`, { promptId: live.promptId, components }, idSchema);
      const { items } = await api.get(`${at}/prompts`, promptsSchema);
      const alias = items[0]?.aliases.find((one) => one.alias === "production");
      const given = { override: true, reason: "a fault test" };
      await api.send("POST", `/api/v1/reviews/${id}/approvals`, { body: given });
      const body = { ...given, expectedCurrent: alias?.version ?? null };
      await api.send("POST", `/api/v1/reviews/${id}/promote`, { body });
      noted.facts.take = take;
    }
  },
  async check({ api, live }, round, { facts }) {
    if (facts.take === undefined) return;
    const { text } = await api.get(`/api/v1/prompts/${live.promptName}@production`, liveSchema);
    // the one after it may have been stored before the kill cut its answer
    const taken = [0, 1].some((later) => text === textOf(round, Number(facts.take) + later));
    if (!taken) throw new Error(`an acknowledged promotion is gone; live is: ${text}`);
  },
};
const promptsSchema = z.object({ items: z.array(promptSchema) });
const liveSchema = z.looseObject({ text: z.string() });
function textOf(round: number, take: number): string {
  return `Answer like a nurse on the phone. Round ${round}, take ${take}.`;
}

export const activities: readonly Activity[] = [run, importing, label, alignment, evidence, promotion];
