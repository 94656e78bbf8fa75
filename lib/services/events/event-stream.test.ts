import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Database } from "@/db/client";
import { createRepos, type Repos } from "@/db/repos/create-repos";
import { openTestDb } from "@/db/test-db";
import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import type { RunEvent, RunEventBody } from "@/lib/contracts/run-events";
import type { RunManifest } from "@/lib/contracts/runs";
import { createEventBus, type EventBus, publishJob, publishRunEvents } from "@/lib/streaming/event-bus";
import { createShutdownHub, type ShutdownHub } from "@/lib/streaming/shutdown-hub";
import type { ServiceDeps } from "../service-deps";
import { createEventStreamService, type EventStreamService } from "./event-stream.service";

let database: Database;
let repos: Repos;
let bus: EventBus;
let hub: ShutdownHub;
let service: EventStreamService;
let errors: unknown[];
const viewer: Actor = {
  kind: "user",
  userId: "usr_1",
  name: "Ray",
  isServerAdmin: false,
  roles: { prj_1: "viewer" },
};
const phase: RunEventBody = { type: "phase-changed", phase: "seed" };

function append(): RunEvent {
  const event = repos.runEvents.append("run_1", 5, phase, null);
  publishRunEvents(bus, [event]);
  return event;
}

beforeEach(() => {
  database = openTestDb();
  // the rows a run refers to play no part here
  database.raw.pragma("foreign_keys = OFF");
  repos = createRepos(database);
  bus = createEventBus();
  hub = createShutdownHub();
  errors = [];
  const log = { error: (context: unknown) => errors.push(context) } as unknown as ServiceDeps["log"];
  service = createEventStreamService({ repos, bus, log, hub });
  repos.prompts.insert({ id: "prm_1", projectId: "prj_1", name: "football", createdAt: 1 });
  repos.prompts.addVersion({
    id: "pv_1",
    promptId: "prm_1",
    components: { system: "x" },
    layout: ["system"],
    variables: [],
    modelConfig: {},
    contentHash: "h",
    commitMessage: "",
    tags: {},
    source: "test",
    actorId: "usr_1",
    at: 1,
  });
  repos.jobs.enqueue({
    id: "job_1",
    kind: "run",
    projectId: "prj_1",
    subjectId: "run_1",
    caps: { maxMetricCalls: null, maxUsd: null, maxMinutes: null },
    total: 75,
    actorId: "usr_1",
    at: 1,
  });
  repos.runs.insert({
    id: "run_1",
    projectId: "prj_1",
    promptId: "prm_1",
    promptVersionId: "pv_1",
    jobId: "job_1",
    manifest: manifest(),
    actorId: "usr_1",
    at: 1,
  });
});
afterEach(() => database.close());

function open(topic: string, after = 0, actor: Actor | null = viewer) {
  const caller = new AbortController();
  const response = service.open({
    actor: viewer,
    topic,
    after,
    signal: caller.signal,
    currentActor: async () => actor,
  });
  return { caller, text: response.text() };
}

const idsOf = (text: string): number[] =>
  [...text.matchAll(/^data: (\[.*\])$/gm)].flatMap(([, json]) =>
    (JSON.parse(json as string) as RunEvent[]).map(({ seq }) => seq),
  );

describe("run topic", () => {
  it("replays the journal after a seq, tails what is committed, and ends when the run's job does", async () => {
    for (let index = 0; index < 3; index++) append();
    repos.jobs.claim("job_1", 2, 1_000);
    const { text } = open("run:run_1", 1);
    await vi.waitFor(() => expect(bus.subscriberCount()).toBe(2));
    append();
    repos.jobs.finish("job_1", 9);
    publishJob(bus, "job_1");
    const sent = await text;
    expect(idsOf(sent)).toEqual([2, 3, 4]);
    expect(sent).toContain("id: 4\n");
    expect(sent.trimEnd().endsWith('event: run-ended\ndata: {"state":"done"}')).toBe(true);
    expect([bus.subscriberCount(), hub.openCount()]).toEqual([0, 0]);
  });

  it("an event committed but not published before the end is told too", async () => {
    repos.jobs.claim("job_1", 2, 1_000);
    const { text } = open("run:run_1");
    await vi.waitFor(() => expect(bus.subscriberCount()).toBe(2));
    repos.runEvents.append("run_1", 5, phase, null);
    repos.jobs.fail("job_1", "no reason", 9);
    publishJob(bus, "job_1");
    const sent = await text;
    expect(idsOf(sent)).toEqual([1]);
    expect(sent).toContain('"state":"failed"');
  });

  it("is for members; a foreign or unknown run is not found", () => {
    const stranger: Actor = { ...viewer, roles: { prj_2: "admin" } } as Actor;
    const codeOf = (actor: Actor, topic: string): string => {
      try {
        service.open({
          actor,
          topic,
          after: 0,
          signal: new AbortController().signal,
          currentActor: async () => actor,
        });
        return "open";
      } catch (error) {
        return error instanceof AppError ? error.code : String(error);
      }
    };
    expect([
      codeOf(stranger, "run:run_1"),
      codeOf(viewer, "run:run_9"),
      codeOf(viewer, "job:job_9"),
      codeOf(viewer, "x:1"),
    ]).toEqual(["not-found", "not-found", "not-found", "not-found"]);
    expect(hub.openCount()).toBe(0);
  });
});

describe("while it is open", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it.each([
    ["a member no more", { ...viewer, roles: {} } as Actor, "not-found"],
    ["signed out", null, "not-signed-in"],
  ])("%s: the next ping ends it", async (_what, actor, code) => {
    const { text } = open("run:run_1", 0, actor);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await text).toContain(`event: stream-error\ndata: {"code":"${code}"`);
    expect(errors).toEqual([]);
  });
});

describe("job topic", () => {
  it("tells the state now and the later ones, the last one always", async () => {
    const { text } = open("job:job_1");
    await vi.waitFor(() => expect(bus.subscriberCount()).toBe(1));
    repos.jobs.claim("job_1", 2, 1_000);
    repos.jobs.setProgress("job_1", { done: 5 }, 3);
    publishJob(bus, "job_1");
    repos.jobs.finish("job_1", 9);
    publishJob(bus, "job_1");
    const states = [...(await text).matchAll(/^data: (.*)$/gm)].map(
      ([, json]) => JSON.parse(json as string) as { state: string; done: number },
    );
    expect(states[0]).toMatchObject({ state: "queued", done: 0 });
    expect(states.at(-1)).toMatchObject({ state: "done", done: 5 });
  });
});

function manifest(): RunManifest {
  return {
    v: 3,
    engineVersion: "1",
    promptVersionId: "pv_1",
    targetVersionId: "tv_1",
    judges: [],
    models: {},
    snapshotId: "snp_1",
    trainset: [],
    valset: [],
    maxMetricCalls: 75,
    maxUsd: null,
    maxMinutes: null,
    strategy: "frugal",
    lanes: 1,
    concurrency: 4,
    seed: 1,
    exploratory: false,
    simulated: true,
    reason: "",
    about: "",
    reflectionExamples: 8,
  };
}
