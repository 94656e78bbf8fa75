import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createWebhookInput, type WebhookEvent, webhookEvents } from "@/lib/contracts/webhooks";
import { type ReviewWorld, refusalOf, reviewWorld } from "../reviews/testing/review-world";
import { RETRY_WAITS_MS } from "./delivery-job";

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

let world: ReviewWorld;
let receiver: Server;
let url: string;
let received: Received[];
let answers: number[];

beforeEach(async () => {
  world = reviewWorld();
  received = [];
  answers = [];
  receiver = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString("utf8")));
    request.on("end", () => {
      received.push({ headers: request.headers, body });
      const status = answers.shift() ?? 204;
      response.writeHead(status, status === 302 ? { location: "/elsewhere" } : {}).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});
afterEach(async () => {
  vi.useRealTimers();
  await world.server.close();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

const hook = (events: readonly WebhookEvent[] = webhookEvents) =>
  world.services.webhooks.create(world.actor, world.projectId, { url, events: [...events] });
const log = (webhookId: string) =>
  world.services.webhooks.deliveries(world.actor, world.projectId, webhookId);
const settled = (webhookId: string, count: number) =>
  vi.waitFor(() => {
    const ended = log(webhookId).filter(({ attempts }) => attempts > 0);
    expect(ended).toHaveLength(count);
    return log(webhookId);
  });
const typesOf = (all: readonly Received[]) => all.map(({ body }) => JSON.parse(body).type);

describe("a webhook", () => {
  it("is signed over time and body, and names event and delivery", async () => {
    const { webhook, secret } = hook();
    const sent = world.services.webhooks.test(world.actor, world.projectId, webhook.id);
    expect(sent).toMatchObject({ event: "ping", state: "waiting", attempts: 0 });
    const [delivery] = await settled(webhook.id, 1);
    expect(delivery).toMatchObject({ state: "delivered", attempts: 1, lastStatus: 204, nextAt: null });
    const [{ headers, body }] = received as [Received];
    const [, seconds, digest] =
      /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers["touchstone-signature"])) ?? [];
    expect(digest).toBe(createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex"));
    expect(Math.abs(Date.now() / 1000 - Number(seconds))).toBeLessThan(30);
    expect(headers).toMatchObject({ "touchstone-event": "ping", "touchstone-delivery": sent.id });
    expect(JSON.parse(body)).toMatchObject({
      id: expect.stringMatching(/^evt_/),
      type: "ping",
      apiVersion: "1",
      project: { id: world.projectId },
    });
    expect(body).toBe(delivery?.body);
  });

  it("keeps its secret sealed, and shows it once", () => {
    const { secret } = hook();
    const [stored] = world.repos.webhooks.list(world.projectId);
    expect(stored?.sealedSecret).not.toContain(secret);
    expect(JSON.stringify(world.services.webhooks.list(world.actor, world.projectId))).not.toContain(secret);
  });

  it("takes whole addresses without a password, and people who manage keys", () => {
    const events = ["prompt.promoted"];
    for (const bad of ["ftp://a.example/x", "a.example", "https://jo:pw@a.example/x"])
      expect(createWebhookInput.safeParse({ url: bad, events }).success).toBe(false);
    expect(createWebhookInput.safeParse({ url: "https://a.example/x", events: [] }).success).toBe(false);
    const expert = world.server.person("Ray", world.projectId, "expert");
    expect(refusalOf(() => world.services.webhooks.list(expert, world.projectId)).code).toBe("forbidden");
  });

  it("that was removed is told nothing more", async () => {
    const { webhook } = hook();
    world.services.webhooks.remove(world.actor, world.projectId, webhook.id);
    world.handWritten();
    await world.server.idle();
    expect(received).toEqual([]);
    expect(refusalOf(() => log(webhook.id)).code).toBe("not-found");
  });
});

describe("what is told", () => {
  it("one event a promotion, one a rollback, with what moved, and one when a review is asked for", async () => {
    const { webhook } = hook();
    const review = world.acceptAll(await world.withEvidence(world.handWritten()));
    world.services.reviews.promote(world.actor, review.id, {
      expectedCurrent: 1,
      reason: "Countable.",
      override: false,
    });
    world.services.prompts.rollBack(world.actor, world.seeded.promptId, "production", {
      toVersion: 1,
      expectedCurrent: 2,
      reason: "Too long.",
    });
    await settled(webhook.id, 3);
    expect(typesOf(received).sort()).toEqual(["prompt.promoted", "prompt.rolled_back", "review.requested"]);
    const promoted = received
      .map(({ body }) => JSON.parse(body))
      .find(({ type }) => type === "prompt.promoted");
    expect(promoted.data).toMatchObject({
      alias: "production",
      version: 2,
      fromVersion: 1,
      by: "Tester",
      reason: "Countable.",
      selfApproved: true,
      overridden: false,
      contentHash: review.contentHash,
      evidence: expect.stringContaining("sealed records"),
      url: expect.stringMatching(new RegExp(`/p/${world.projectId}/reviews/${review.id}$`)),
    });
  });

  it("approval by somebody else, before it is promoted", async () => {
    const { webhook } = hook(["review.approved"]);
    const approver = world.server.person("Dr Meier", world.projectId, "approver");
    const review = world.acceptAll(await world.withEvidence(world.handWritten()));
    world.services.reviews.approve(approver, review.id, { override: false, reason: "" });
    await settled(webhook.id, 1);
    expect(JSON.parse(received[0]?.body ?? "{}").data).toMatchObject({ version: 2, by: "Dr Meier" });
  });

  it("the end of a run, and only what was asked for", async () => {
    const { webhook } = hook(["run.finished"]);
    await world.runCandidate();
    await settled(webhook.id, 1);
    expect(typesOf(received)).toEqual(["run.finished"]);
    expect(JSON.parse(received[0]?.body ?? "{}").data.run).toMatchObject({ number: 1 });
  });

  it("nothing of what was refused: message and act are stored together", () => {
    hook();
    const review = world.handWritten();
    const before = world.repos.webhooks.due(Number.MAX_SAFE_INTEGER, 100).length;
    refusalOf(() =>
      world.services.reviews.promote(world.actor, review.id, {
        expectedCurrent: 1,
        reason: "x",
        override: false,
      }),
    );
    expect(world.repos.webhooks.due(Number.MAX_SAFE_INTEGER, 100)).toHaveLength(before);
  });
});

describe("a receiver in trouble", () => {
  it("is tried again after growing waits under the same id, for about a day, then given up", async () => {
    expect(RETRY_WAITS_MS).toEqual([...RETRY_WAITS_MS].sort((a, b) => a - b));
    const { webhook } = hook();
    answers = [503, 302, ...RETRY_WAITS_MS.slice(1).map(() => 500)];
    world.services.webhooks.test(world.actor, world.projectId, webhook.id);
    await settled(webhook.id, 1);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    for (const [index, wait] of RETRY_WAITS_MS.entries()) {
      const [waiting] = log(webhook.id);
      expect(waiting).toMatchObject({ state: "waiting", attempts: index + 1 });
      const left = (waiting?.nextAt ?? 0) - Date.now();
      expect(left).toBeGreaterThan(wait * 0.9 - 1_000);
      expect(left).toBeLessThanOrEqual(wait * 1.1);
      world.server.services.webhookDeliveries.tick();
      expect(world.repos.jobs.list(world.projectId, ["queued", "running"])).toEqual([]);
      vi.setSystemTime(waiting?.nextAt ?? 0);
      world.server.services.webhookDeliveries.tick();
      await vi.waitFor(() => expect(log(webhook.id)[0]?.attempts).toBe(index + 2));
    }
    expect(log(webhook.id)[0]).toMatchObject({
      state: "given-up",
      attempts: 10,
      lastStatus: 500,
      nextAt: null,
    });
    const ids = new Set(received.map(({ headers }) => headers["touchstone-delivery"]));
    expect([received.length, ids.size]).toEqual([10, 1]);
    const again = world.services.webhooks.redeliver(
      world.actor,
      world.projectId,
      webhook.id,
      log(webhook.id)[0]?.id ?? "",
    );
    expect(again.state).toBe("waiting");
    await vi.waitFor(() => expect(log(webhook.id)[0]).toMatchObject({ state: "delivered", attempts: 11 }));
  });

  it("says why nothing came back, and a private address is refused where the server is public", async () => {
    const { webhook } = hook();
    await new Promise((resolve) => receiver.close(resolve));
    world.services.webhooks.test(world.actor, world.projectId, webhook.id);
    expect((await settled(webhook.id, 1))[0]?.lastError).toBe("Nothing listens at that address.");

    const open = reviewWorld({ HOST: "0.0.0.0" });
    const made = open.services.webhooks.create(open.actor, open.projectId, {
      url,
      events: ["prompt.promoted"],
    });
    open.services.webhooks.test(open.actor, open.projectId, made.webhook.id);
    await vi.waitFor(() => {
      const [tried] = open.services.webhooks.deliveries(open.actor, open.projectId, made.webhook.id);
      expect(tried?.lastError).toContain("TOUCHSTONE_ALLOW_HOSTS");
    });
    await open.server.close();
  });
});
