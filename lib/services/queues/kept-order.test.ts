import { afterEach, beforeEach, expect, it } from "vitest";
import type { OpenItem } from "@/db/repos/queues.repo";
import { seedFootball } from "../sample/seed-football";
import { createTestServices, type TestServices } from "../testing/test-services";
import { createOrderWaiting } from "./kept-order";

let server: TestServices;
let projectId: string;
let now = 0;

beforeEach(async () => {
  server = createTestServices();
  projectId = seedFootball(server.deps, server.actor);
  await server.idle();
  now = Date.now();
});
afterEach(() => server.close());

const ordering = () => createOrderWaiting({ repos: server.deps.repos, now: () => now });
const item = (place: number, recordId: string): OpenItem => ({
  id: `itm_${place}`,
  queueId: "que_1",
  traceId: `tr_${place}`,
  recordId,
  position: place,
  taken: 0,
  heldByMe: false,
  putOff: false,
});
/** A record with labels teaches less than one that has none. */
const items = (count: number) => {
  const labelled = server.deps.repos.labels.list(projectId)[0]?.recordId ?? "";
  return Array.from({ length: count }, (_, place) => item(place, place === 0 ? labelled : "rec_new"));
};
const queue = (askOrder: "teaching" | "listed" = "teaching") => ({ id: "que_1", projectId, askOrder });

it("asks what teaches most first, or as listed", () => {
  const few = items(3);
  expect(ordering()(queue("listed"), few)).toEqual(few);
  expect(ordering()(queue(), few).map(({ position }) => position)).toEqual([1, 2, 0]);
});

it("uses the order of a large queue again for a while; what came back meanwhile stands last", () => {
  const order = ordering();
  const many = items(300);
  const [first, ...rest] = order(queue(), many);
  expect(first?.position).toBe(1);
  const back = item(900, "rec_back");
  expect(order(queue(), [back, ...rest]).map(({ id }) => id)).toEqual([...rest, back].map(({ id }) => id));
  now += 5_000;
  expect(order(queue(), [back, ...rest])[0]).toBe(back);
});
