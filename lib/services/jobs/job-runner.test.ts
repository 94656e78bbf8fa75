import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Database } from "@/db/client";
import { createRepos, type Repos } from "@/db/repos/create-repos";
import { openTestDb } from "@/db/test-db";
import { createJobRunner } from "./job-runner";
import { JobPause, type JobRunner } from "./job-types";

let database: Database;
let repos: Repos;
let clock = 0;
/** Model calls in flight, of whatever job. */
let flights = 0;
const errors: unknown[] = [];

beforeEach(() => {
  database = openTestDb();
  repos = createRepos(database);
  clock = 1_000;
  flights = 0;
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
    logTrouble: (error) => errors.push(error),
    flightsOf: () => flights,
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

describe("a tidy stop", () => {
  it("starts nothing new, lets what is in flight land, and then does not wait for the rest", async () => {
    const jobs = runner();
    const call = gate();
    const seen: string[] = [];
    jobs.register("import", async ({ whilePaused }) => {
      flights += 1;
      await call.promise;
      flights -= 1;
      seen.push("landed");
      await whilePaused();
      seen.push("began another");
    });
    const id = enqueue("job_a");
    jobs.start();
    const stopped = jobs.shutdown(60_000);
    call.resolve();
    await stopped;
    expect(seen).toEqual(["landed"]);
    // not paused: the next start takes it up by itself
    expect(stateOf(id)).toBe("running");
  });

  it("a job that was paused already stays paused", async () => {
    const jobs = runner();
    jobs.register("import", async ({ pause, whilePaused }) => {
      pause("The key expired.");
      await whilePaused();
    });
    const id = enqueue("job_a");
    jobs.start();
    await jobs.shutdown(60_000);
    expect(repos.jobs.byId(id)).toMatchObject({ state: "paused", cause: "The key expired." });
  });
});

describe("a full disk", () => {
  const full = (): Error => Object.assign(new Error("database or disk is full"), { code: "SQLITE_FULL" });

  /** Refuses every write of the runner's own until the function it returns is called. */
  function fillUp(): () => void {
    const writes = (["pause", "fail", "finish", "heartbeat", "claimNext"] as const).map((name) =>
      vi.spyOn(repos.jobs, name).mockImplementation(() => {
        throw full();
      }),
    );
    return () => {
      for (const write of writes) write.mockRestore();
    };
  }

  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("parks the work at hand with words, as soon as it can be written, and it goes on when resumed", async () => {
    const jobs = runner();
    let makeRoom = (): void => undefined;
    let turns = 0;
    jobs.register("import", () => {
      turns += 1;
      if (turns > 1) return Promise.resolve();
      makeRoom = fillUp();
      return Promise.reject(full());
    });
    const id = enqueue("job_a");
    jobs.start();
    await jobs.finished(id);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(stateOf(id)).toBe("running");
    makeRoom();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(repos.jobs.byId(id)).toMatchObject({
      state: "paused",
      cause: expect.stringContaining("Make room"),
    });
    jobs.resume(id);
    await jobs.finished(id);
    expect([stateOf(id), turns]).toEqual(["done", 2]);
  });

  it("keeps what was done and takes up what is queued once there is room; nothing is thrown at whoever asked", async () => {
    const jobs = runner(1);
    const first = gate();
    jobs.register("import", ({ job }) => (job.id === "job_a" ? first.promise : Promise.resolve()));
    enqueue("job_a");
    enqueue("job_b");
    jobs.start();
    const makeRoom = fillUp();
    first.resolve();
    await jobs.finished("job_a");
    expect(() => jobs.wake()).not.toThrow();
    await vi.advanceTimersByTimeAsync(60_000);
    makeRoom();
    await vi.advanceTimersByTimeAsync(5_000);
    await jobs.finished("job_b");
    expect([stateOf("job_a"), stateOf("job_b")]).toEqual(["done", "done"]);
  });
});
