import type { ChildProcess } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { hasRedis, startRedis, type TestRedis } from "@/test/redis-server";
import { endOf, hasSaid, startWorkerProcess } from "@/test/worker-process";
import type { TestServices } from "../testing/test-services";
import { type MeasuredEndpoint, startMeasuredEndpoint } from "./testing/measured-endpoint";
import { startWorkedServer, type WorkedServer } from "./testing/worked-server";

const patient = { timeout: 50_000, interval: 25 };

/** Places at workers are given up without losing or buying anything. Without a Redis: skipped, visibly. */
describe.skipIf(!hasRedis())("giving places up", () => {
  let redis: TestRedis;
  let endpoint: MeasuredEndpoint;
  let server: TestServices;
  let world: WorkedServer;
  const workers: ChildProcess[] = [];

  beforeEach(async () => {
    redis = await startRedis();
    endpoint = await startMeasuredEndpoint();
    world = startWorkedServer(redis.url, endpoint.url, { callsAtOnce: 12 });
    server = world.server;
  });
  afterEach(async () => {
    for (const child of workers.splice(0)) child.kill("SIGKILL");
    await server.close();
    endpoint.close();
    await redis.stop();
  });
  const worker = (concurrency: number): ChildProcess => {
    const child = startWorkerProcess(redis.url, { concurrency });
    workers.push(child);
    return child;
  };
  const becomes = (runId: string, state: string) =>
    vi.waitFor(() => expect(world.jobOf(runId)).toMatchObject({ state }), patient);
  /** Everything that was asked is in the book, once. */
  const nothingWasLost = (...runIds: string[]): void => {
    expect(endpoint.arrivals).toHaveLength(runIds.reduce((all, id) => all + world.boughtCalls(id), 0));
    for (const id of runIds) expect(world.repeatedCalls(id)).toBe(0);
  };

  it("a paused run gives its places at the workers to others, and goes on from where it was", async () => {
    worker(2);
    endpoint.hold(true);
    const first = world.startRun({ maxMetricCalls: 24 });
    await vi.waitFor(() => expect(endpoint.inFlight).toBe(2), patient);
    await server.services.runs.control(server.actor, first, "pause");
    // What is in the air lands; then all places are free, and what waited for one has left the queue.
    endpoint.hold(false);
    await becomes(first, "paused");
    await vi.waitFor(
      () => expect(server.deps.queue?.stats()).toMatchObject({ waiting: 0, active: 0 }),
      patient,
    );
    const boughtAtPause = world.boughtCalls(first);
    expect(boughtAtPause).toBe(2);
    const second = world.startRun({ maxMetricCalls: 24 }, world.anotherProject());
    await world.ended(second);
    expect(world.runOf(second).metricCalls).toBeGreaterThan(0);
    expect(world.jobOf(first)).toMatchObject({ state: "paused" });
    expect(world.boughtCalls(first)).toBe(boughtAtPause);
    await server.services.runs.control(server.actor, first, "resume");
    await world.ended(first);
    expect(world.jobOf(first)).toMatchObject({ state: "done" });
    nothingWasLost(first, second);
  });

  it("SIGTERM: what is in the air lands, the rest is handed back, code 0 within 10 s; the run loses nothing", async () => {
    const leaving = worker(6);
    endpoint.hold(true);
    const run = world.startRun({ maxMetricCalls: 24 });
    await vi.waitFor(() => expect(endpoint.inFlight).toBe(6), patient);
    const toldAt = performance.now();
    const end = endOf(leaving);
    const said = hasSaid(leaving, "Stopping");
    leaving.kill("SIGTERM");
    // It has heard of it before anything lands.
    await said;
    endpoint.hold(false);
    expect(await end).toMatchObject({ code: 0, words: "" });
    expect(performance.now() - toldAt).toBeLessThan(10_000);
    // It took no further call, and its six replies are kept.
    expect(endpoint.arrivals).toHaveLength(6);
    worker(6);
    await world.ended(run);
    expect(world.jobOf(run)).toMatchObject({ state: "done" });
    nothingWasLost(run);
  });

  it("SIGTERM at a call that never ends: it is cut, made once more elsewhere, and counted as that", async () => {
    const leaving = worker(1);
    endpoint.hold(true);
    const run = world.startRun({ maxMetricCalls: 24 });
    await vi.waitFor(() => expect(endpoint.inFlight).toBe(1), patient);
    const end = endOf(leaving);
    leaving.kill("SIGTERM");
    expect(await end).toMatchObject({ code: 0 });
    endpoint.hold(false);
    worker(2);
    await world.ended(run);
    expect(world.jobOf(run)).toMatchObject({ state: "done" });
    expect(endpoint.arrivals).toHaveLength(world.boughtCalls(run) + 1);
    expect(world.repeatedCalls(run)).toBe(1);
  });
});
