import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { createRepos, type Repos } from "@/db/repos/create-repos";
import { openTestDb } from "@/db/test-db";
import { createJobRunner } from "./job-runner";
import { JobPause, type JobRunner } from "./job-types";

let database: Database;
let repos: Repos;
let clock = 0;
const errors: unknown[] = [];

beforeEach(() => {
  database = openTestDb();
  repos = createRepos(database);
  clock = 1_000;
  errors.length = 0;
});
afterEach(() => database.close());

function runner(maxRunning = 4): JobRunner {
  const now = (): number => clock++;
  return createJobRunner({
    store: repos.jobs,
    now,
    maxRunning,
    logError: (error) => errors.push(error),
    onChange: () => {},
  });
}

function enqueue(id: string): string {
  repos.jobs.enqueue({
    id,
    kind: "import",
    projectId: null,
    subjectId: id,
    caps: { maxMetricCalls: null, maxUsd: null, maxMinutes: null },
    total: 1,
    actorId: "system:test",
    at: clock++,
  });
  return id;
}

/** A promise and the functions that settle it. */
function gate() {
  return Promise.withResolvers<void>();
}

const stateOf = (id: string) => repos.jobs.byId(id)?.state;

describe("architecture.md, Jobs: one table and one runner", () => {
  it("runs what is queued, oldest first, and at most maxRunning at once", async () => {
    const order: string[] = [];
    const first = gate();
    const jobs = runner(1);
    jobs.register("import", async ({ job }) => {
      order.push(job.id);
      if (job.id === "job_a") await first.promise;
    });
    enqueue("job_a");
    enqueue("job_b");
    jobs.start();
    expect(order).toEqual(["job_a"]);
    const ended = jobs.finished("job_a");
    first.resolve();
    await ended;
    await jobs.finished("job_b");
    expect([stateOf("job_a"), stateOf("job_b")]).toEqual(["done", "done"]);
  });

  it("fails a job with the words of its error and goes on with the next", async () => {
    const jobs = runner();
    jobs.register("import", async () => {
      throw new Error("Line 3 is no JSON.");
    });
    enqueue("job_a");
    jobs.start();
    await jobs.finished("job_a");
    expect(repos.jobs.byId("job_a")).toMatchObject({ state: "failed", cause: "Line 3 is no JSON." });
    expect(errors).toHaveLength(1);
  });

  it("parks a job that asks for a person, and takes it up again when it is resumed", async () => {
    const jobs = runner();
    let isMended = false;
    jobs.register("import", async () => {
      if (!isMended) throw new JobPause("The key was refused.");
    });
    enqueue("job_a");
    jobs.start();
    await jobs.finished("job_a");
    expect(repos.jobs.byId("job_a")).toMatchObject({ state: "paused", cause: "The key was refused." });
    isMended = true;
    jobs.resume("job_a");
    await jobs.finished("job_a");
    expect(repos.jobs.byId("job_a")).toMatchObject({ state: "done", attempts: 2 });
  });

  it("pause: starts nothing new, lets flights land; several parts may wait for one pause", async () => {
    const jobs = runner();
    const landed = gate();
    const steps: string[] = [];
    jobs.register("import", async (context) => {
      await landed.promise;
      steps.push("landed");
      await Promise.all([context.whilePaused(), context.whilePaused()]);
      steps.push("went on");
    });
    enqueue("job_a");
    jobs.start();
    jobs.pause("job_a", "Paused by Jo.");
    expect(stateOf("job_a")).toBe("running");
    landed.resolve();
    await expect.poll(() => stateOf("job_a")).toBe("paused");
    expect(steps).toEqual(["landed"]);
    const ended = jobs.finished("job_a");
    jobs.resume("job_a");
    await ended;
    expect(steps).toEqual(["landed", "went on"]);
    expect(stateOf("job_a")).toBe("done");
  });

  it("cancel: aborts what is in flight, also while it is paused", async () => {
    const jobs = runner();
    jobs.register("import", async (context) => {
      context.pause("The endpoint is down.");
      await context.whilePaused();
    });
    enqueue("job_a");
    jobs.start();
    await expect.poll(() => stateOf("job_a")).toBe("paused");
    await jobs.cancel("job_a", "Cancelled by Jo.");
    expect(repos.jobs.byId("job_a")).toMatchObject({ state: "cancelled", cause: "Cancelled by Jo." });
  });

  it("shutdown: what does not end in time stays running, and the next start takes it up again", async () => {
    const first = runner();
    first.register(
      "import",
      ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
    );
    enqueue("job_a");
    first.start();
    await first.shutdown(0);
    expect(stateOf("job_a")).toBe("running");
    const second = runner();
    second.register("import", async () => {});
    second.start();
    await second.finished("job_a");
    expect(repos.jobs.byId("job_a")).toMatchObject({ state: "done", attempts: 2 });
  });
});
