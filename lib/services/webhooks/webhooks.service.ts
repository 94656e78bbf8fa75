import "server-only";
import { randomBytes } from "node:crypto";
import type { Webhook, WebhookDelivery } from "@/db/repos/webhooks.repo";
import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import {
  type CreatedWebhook,
  type CreateWebhookInput,
  type WebhookDeliveryView,
  type WebhookView,
  webhookDeliverySchema,
  webhookEventSchema,
} from "@/lib/contracts/webhooks";
import type { FetchLike } from "@/lib/llm";
import { audit } from "../audit";
import { actorId, authorize } from "../authorize";
import type { ServiceDeps } from "../service-deps";
import { startSteadyTimer } from "../steady-timer";
import { messageOf, startDelivery } from "./announce";
import { createDeliveryJob } from "./delivery-job";

const MOST_WEBHOOKS = 20;
const SHOWN_DELIVERIES = 50;
/** How often tries whose time has come are looked for. */
const TICK_MS = 5_000;
const MOST_A_TICK = 50;

/** Registers what sends deliveries, and looks for those whose next try has come until `stop`. */
export function startWebhookDeliveries(deps: ServiceDeps, fetch: FetchLike) {
  const { repos, jobs } = deps;
  jobs.register("webhook", createDeliveryJob(deps, fetch));
  const tick = (): void =>
    repos.transaction(() => {
      for (const { id, webhookId } of repos.webhooks.due(deps.now(), MOST_A_TICK)) {
        const webhook = repos.webhooks.byId(webhookId);
        if (webhook) startDelivery(deps, webhook.projectId, id);
      }
    });
  let stop: (() => void) | undefined;
  return {
    tick,
    start: (): void => {
      stop ??= startSteadyTimer(deps.log, tick, TICK_MS);
    },
    stop: (): void => stop?.(),
  };
}

/** Addresses outside that are told what happened here. */
export function createWebhooksService(deps: ServiceDeps) {
  const { repos } = deps;
  return {
    list: (actor: Actor, projectId: string): WebhookView[] => {
      authorize(actor, "keys:manage", projectId);
      return repos.webhooks.list(projectId).map((one) => viewOf(deps, one));
    },

    /** The secret that signs its messages is in the answer and never again. */
    create: (actor: Actor, projectId: string, input: CreateWebhookInput): CreatedWebhook =>
      create(deps, actor, projectId, input),

    /** It is told nothing more; what was sent stays in the log. */
    remove: (actor: Actor, projectId: string, webhookId: string): void => {
      const webhook = find(deps, actor, projectId, webhookId);
      repos.transaction(() => {
        repos.webhooks.remove(webhook.id, deps.now());
        audit(deps, actor, { ...subject(webhook), action: "webhook-removed", details: { url: webhook.url } });
      });
    },

    /** Newest first. */
    deliveries: (actor: Actor, projectId: string, webhookId: string): WebhookDeliveryView[] =>
      repos.webhooks
        .deliveries(find(deps, actor, projectId, webhookId).id, SHOWN_DELIVERIES)
        .map(deliveryViewOf),

    /** Sends a message that says nothing, to see whether the address takes it. */
    test: (actor: Actor, projectId: string, webhookId: string): WebhookDeliveryView => {
      const webhook = find(deps, actor, projectId, webhookId);
      const { now, newId } = deps;
      return repos.transaction(() => {
        const data = { message: "This is a try. Nothing happened." };
        const payload = messageOf(deps, { id: newId("evt"), projectId, type: "ping", data });
        const id = newId("whd");
        const facts = { event: "ping", payload, nextAt: now(), createdAt: now() };
        repos.webhooks.addDelivery({ id, webhookId: webhook.id, ...facts });
        startDelivery(deps, projectId, id);
        return deliveryViewOf(known(repos.webhooks.delivery(id)));
      });
    },

    /** Sends a message again, under the id it had. */
    redeliver: (
      actor: Actor,
      projectId: string,
      webhookId: string,
      deliveryId: string,
    ): WebhookDeliveryView => {
      const webhook = find(deps, actor, projectId, webhookId);
      return repos.transaction(() => {
        const delivery = repos.webhooks.delivery(deliveryId);
        if (delivery?.webhookId !== webhook.id)
          throw new AppError("not-found", "This webhook was never sent such a message.");
        repos.webhooks.sendAgain(deliveryId, deps.now());
        startDelivery(deps, projectId, deliveryId);
        const details = { deliveryId, event: delivery.event };
        audit(deps, actor, { ...subject(webhook), action: "webhook-redelivered", details });
        return deliveryViewOf(known(repos.webhooks.delivery(deliveryId)));
      });
    },
  };
}

function create(
  deps: ServiceDeps,
  actor: Actor,
  projectId: string,
  { url, events }: CreateWebhookInput,
): CreatedWebhook {
  const { repos, secrets, now, newId } = deps;
  authorize(actor, "keys:manage", projectId);
  const secret = `whsec_${randomBytes(32).toString("base64url")}`;
  return repos.transaction(() => {
    if (repos.webhooks.list(projectId).length >= MOST_WEBHOOKS)
      throw new AppError(
        "conflict",
        `A project has at most ${MOST_WEBHOOKS} webhooks. Nothing was saved; remove one first.`,
      );
    const webhook = {
      id: newId("whk"),
      projectId,
      url,
      sealedSecret: secrets.seal(secret),
      events: [...new Set(events)],
      createdBy: actorId(actor),
      createdAt: now(),
    };
    repos.webhooks.insert(webhook);
    audit(deps, actor, { ...subject(webhook), action: "webhook-created", details: { url, events } });
    return { webhook: viewOf(deps, webhook), secret };
  });
}

function find({ repos }: ServiceDeps, actor: Actor, projectId: string, webhookId: string): Webhook {
  authorize(actor, "keys:manage", projectId);
  const webhook = repos.webhooks.list(projectId).find(({ id }) => id === webhookId);
  if (!webhook) throw new AppError("not-found", "This project has no such webhook, or it was removed.");
  return webhook;
}

function viewOf({ repos }: ServiceDeps, webhook: Webhook): WebhookView {
  const { id, projectId, url, events, createdBy, createdAt } = webhook;
  return {
    id,
    projectId,
    url,
    events: events.flatMap((event) => webhookEventSchema.safeParse(event).data ?? []),
    createdBy: repos.users.byId(createdBy)?.name ?? createdBy,
    createdAt,
  };
}

function deliveryViewOf(delivery: WebhookDelivery): WebhookDeliveryView {
  const { payload, webhookId: _, nextAt, state, ...rest } = delivery;
  return webhookDeliverySchema.parse({
    ...rest,
    state,
    nextAt: state === "waiting" ? nextAt : null,
    body: JSON.stringify(payload),
  });
}

function known(delivery: WebhookDelivery | null): WebhookDelivery {
  if (!delivery) throw new Error("a delivery vanished inside its own transaction");
  return delivery;
}

function subject({ projectId, id }: Pick<Webhook, "projectId" | "id">) {
  return { projectId, subjectType: "webhook", subjectId: id };
}
