import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Database } from "@/db/client";
import { createRepos } from "@/db/repos/create-repos";
import { openTestDb } from "@/db/test-db";
import { createHttpHost, type HttpBacking } from "./http-host";
import { createJobRunner } from "./jobs/job-runner";
import { createLog } from "./log";

let database: Database;
let lines: string[];
beforeEach(() => {
  database = openTestDb();
  lines = [];
});
afterEach(() => database.close());

const log = () => createLog({ TOUCHSTONE_LOG_LEVEL: "info" }, { write: (line) => void lines.push(line) });
const lineSchema = z.looseObject({ level: z.number(), time: z.number(), msg: z.string() });
const logged = () => lines.map((line) => lineSchema.parse(JSON.parse(line)));

describe("the log", () => {
  it("names the request that failed, as its answer did, and its route", () => {
    const deps = { log: log(), newId: (prefix: string) => `${prefix}_1` };
    const host = createHttpHost(() => ({ deps }) as unknown as HttpBacking<object>);
    const requestId = host.newRequestId();
    host.logError(new TypeError("x is not a function"), { requestId, routeId: "records.create" });
    expect(logged()).toMatchObject([
      { requestId: "req_1", routeId: "records.create", msg: "a request failed" },
    ]);
  });

  it("names the job that failed and its kind", async () => {
    const written = log();
    const jobs = createJobRunner({
      store: createRepos(database).jobs,
      now: () => 1,
      maxRunning: 1,
      logError: (error, { id, kind }) => written.error({ err: error, jobId: id, kind }, "a job failed"),
      logTrouble: () => undefined,
      flightsOf: () => 0,
      onChange: () => undefined,
    });
    jobs.register("import", () => Promise.reject(new Error("line 3 is no JSON")));
    const caps = { maxMetricCalls: null, maxUsd: null, maxMinutes: null };
    const job = { id: "job_1", kind: "import", projectId: null, subjectId: "x", caps, total: 0 } as const;
    createRepos(database).jobs.enqueue({ ...job, actorId: "system", at: 1 });
    jobs.start();
    await jobs.finished("job_1");
    expect(logged()).toMatchObject([
      { jobId: "job_1", kind: "import", err: { message: "line 3 is no JSON" } },
    ]);
  });

  it("holds no key, wherever in an error it hides, and stays JSON", () => {
    const key = "sk-proj-abcdefghijklmnop";
    const cause = Object.assign(new Error(`Incorrect API key provided: ${key}`), {
      headers: { authorization: `Bearer ${key}` },
    });
    const error = Object.assign(new Error("The endpoint refuses the key.", { cause }), {
      request: { authorization: key, body: `{"key":"${key}"}` },
    });
    log().error({ err: error, connection: { apiKey: "no shape of a key" } }, "a call failed");
    expect(logged()).toHaveLength(1);
    expect(lines.join("")).not.toContain("abcdefghijklmnop");
    expect(lines.join("")).not.toContain("no shape of a key");
  });
});
