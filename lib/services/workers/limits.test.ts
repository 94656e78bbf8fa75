import type { ChildProcess } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SPEND_STOP } from "@/lib/contracts/spend";
import { hasRedis, startRedis, type TestRedis } from "@/test/redis-server";
import { startWorkerProcess } from "@/test/worker-process";
import type { TestServices } from "../testing/test-services";
import { type MeasuredEndpoint, startMeasuredEndpoint, USD_A_CALL } from "./testing/measured-endpoint";
import { startWorkedServer, type WorkedServer } from "./testing/worked-server";

const patient = { timeout: 50_000, interval: 25 };

/** What is measured is what the endpoint saw of two real workers and the server. Without a Redis: skipped, visibly. */
describe.skipIf(!hasRedis())("limits hold over two workers", () => {
  let redis: TestRedis;
  let endpoint: MeasuredEndpoint;
  let server: TestServices;
  let world: WorkedServer;
  const workers: ChildProcess[] = [];

  beforeEach(async () => {
    redis = await startRedis();
    endpoint = await startMeasuredEndpoint();
  });
  afterEach(async () => {
    for (const child of workers.splice(0)) child.kill("SIGKILL");
    await server.close();
    endpoint.close();
    await redis.stop();
  });
  /** Two workers of eight, both there before anything is asked. */
  const begin = async (limits: { callsAtOnce: number }): Promise<void> => {
    world = startWorkedServer(redis.url, endpoint.url, limits);
    server = world.server;
    workers.push(...[1, 2].map(() => startWorkerProcess(redis.url, { concurrency: 8 })));
    await vi.waitFor(() => expect(world.liveWorkers()).toHaveLength(2), patient);
  };
  const bothTookPart = (): void => {
    for (const { done } of world.liveWorkers()) expect(done).toBeGreaterThan(0);
  };

  it("never more calls in flight than the connection allows, its own included", async () => {
    await begin({ callsAtOnce: 3 });
    const run = world.startRun({ maxMetricCalls: 40 });
    await world.ended(run);
    expect(endpoint.mostInFlight).toBe(3);
    expect(endpoint.answered).toBe(world.boughtCalls(run));
    await vi.waitFor(bothTookPart, patient);
  });

  it("a provider's “too many” to one worker slows all of them: the connection's limit is halved once", async () => {
    await begin({ callsAtOnce: 8 });
    endpoint.hold(true);
    const run = world.startRun({ maxMetricCalls: 24 });
    await vi.waitFor(() => expect(endpoint.inFlight).toBe(8), patient);
    endpoint.refuse(1);
    endpoint.answerOne();
    // One place is free; what comes for it is refused, and so the eight become four.
    await vi.waitFor(() => expect(world.refusals(run)).toBe(1), patient);
    const asked = endpoint.arrivals.length;
    for (const _ of [1, 2, 3]) endpoint.answerOne();
    // Nothing comes in the place of the three; at eight at once it would.
    await vi.waitFor(() => expect(endpoint.inFlight).toBe(4), patient);
    expect(endpoint.arrivals).toHaveLength(asked);
    endpoint.hold(false);
    await world.ended(run);
    expect(world.jobOf(run)?.state).toBe("done");
    expect(endpoint.answered).toBe(world.boughtCalls(run));
    await vi.waitFor(bothTookPart, patient);
  });

  it("a run's money cap is not passed, whatever is in flight where", async () => {
    await begin({ callsAtOnce: 12 });
    const run = world.startRun({ maxMetricCalls: 200, maxUsd: 12 });
    await world.ended(run);
    expect(world.runOf(run).stopReason).toBe("money");
    const bill = endpoint.arrivals.length * USD_A_CALL;
    expect(bill).toBeLessThanOrEqual(12);
    expect(bill).toBeGreaterThan(8);
    await vi.waitFor(bothTookPart, patient);
  });

  it("the month's cap is not passed either: the run pauses and says so, and goes on when it is raised", async () => {
    await begin({ callsAtOnce: 12 });
    world.setMonthlyCap(12);
    const run = world.startRun({ maxMetricCalls: 40 });
    await vi.waitFor(() => expect(world.jobOf(run)).toMatchObject({ state: "paused" }), patient);
    expect(world.jobOf(run)?.cause).toContain(SPEND_STOP);
    await vi.waitFor(() => expect(endpoint.inFlight).toBe(0), patient);
    const bill = endpoint.arrivals.length * USD_A_CALL;
    expect(bill).toBeLessThanOrEqual(12);
    // What is in the air is set aside at its worst, so it stops sooner than a run's cap does.
    expect(bill).toBeGreaterThan(2);
    world.setMonthlyCap(1_000);
    await world.ended(run);
    expect(world.jobOf(run)?.state).toBe("done");
    expect(endpoint.answered).toBe(world.boughtCalls(run));
  });
});
