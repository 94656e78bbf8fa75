import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { UsageError } from "../../usage-error";
import { regimeOf } from "../regimes";
import { createWorld } from "../world";
import { type Peer, peerVersion, startPeer } from "./peer";
import { makespan, runPeer } from "./run-peer";

const peers: Peer[] = [];
const start = (): Peer => {
  const peer = startPeer(process.execPath, join(import.meta.dirname, "testing/scripted-peer.mjs"));
  peers.push(peer);
  return peer;
};
afterEach(() => {
  for (const peer of peers.splice(0)) peer.close();
});

test("a peer in a process of its own is answered by the world, which does the counting", async () => {
  const peer = start();
  const world = createWorld(regimeOf("plain"), 1);
  const settings = { maxMetricCalls: 75, seed: 1, hasLatency: true };
  const first = await runPeer(peer, world, settings, false);
  expect(first).toMatchObject({ calls: 22, reflections: 1, cost: 30, improvements: 1, refused: 0 });
  expect(first.share).toBeGreaterThan(0.2);
  expect(first.minutes).toBeGreaterThan(0.3);
  expect(await runPeer(peer, world, settings, false)).toEqual(first); // one process, run after run
});

test("what goes wrong in the peer is said", async () => {
  const world = createWorld(regimeOf("plain"), 1);
  const run = runPeer(start(), world, { maxMetricCalls: 75, seed: 13 }, false);
  await expect(run).rejects.toThrow("gepa failed: ValueError: unlucky");
});

test("a Python without the library is told what to do", async () => {
  const version = peerVersion("no-such-python");
  await expect(version).rejects.toThrow(UsageError);
  await expect(version).rejects.toThrow(/no-such-python cannot import gepa .* pip install gepa/);
});

test("work goes to the worker that is free first", () => {
  expect(makespan([3, 1, 1, 1], 2)).toBe(3);
  expect(makespan([1, 2, 3], 1)).toBe(6);
});
