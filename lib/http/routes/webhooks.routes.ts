import { z } from "zod";
import {
  createdWebhookSchema,
  createWebhookInput,
  webhookDeliverySchema,
  webhookSchema,
} from "@/lib/contracts/webhooks";
import { defineRoute } from "../define-route";

export const listWebhooks = defineRoute({
  id: "webhooks.list",
  method: "GET",
  path: "/api/v1/projects/:project/webhooks",
  summary: "Addresses that are told what happens in the project, without their secrets.",
  permission: "keys:manage",
  response: z.object({ items: z.array(webhookSchema) }),
});

export const createWebhook = defineRoute({
  id: "webhooks.create",
  method: "POST",
  path: "/api/v1/projects/:project/webhooks",
  summary: "Adds an address. The secret that signs its messages is in this answer and never again.",
  permission: "keys:manage",
  body: createWebhookInput,
  response: createdWebhookSchema,
  status: 201,
  shownOnce: true,
});

export const removeWebhook = defineRoute({
  id: "webhooks.remove",
  method: "DELETE",
  path: "/api/v1/projects/:project/webhooks/:webhook",
  summary: "It is told nothing more; what waits is given up.",
  permission: "keys:manage",
});

export const testWebhook = defineRoute({
  id: "webhooks.test",
  method: "POST",
  path: "/api/v1/projects/:project/webhooks/:webhook/test",
  summary: "Sends a `ping`, signed like every message.",
  permission: "keys:manage",
  response: webhookDeliverySchema,
});

export const listDeliveries = defineRoute({
  id: "webhooks.deliveries",
  method: "GET",
  path: "/api/v1/projects/:project/webhooks/:webhook/deliveries",
  summary: "The last fifty messages, newest first, with what came of them.",
  permission: "keys:manage",
  response: z.object({ items: z.array(webhookDeliverySchema) }),
});

export const redeliver = defineRoute({
  id: "webhooks.redeliver",
  method: "POST",
  path: "/api/v1/projects/:project/webhooks/:webhook/deliveries/:delivery/redeliver",
  summary: "Sends a message again at once, under the delivery id it had.",
  permission: "keys:manage",
  response: webhookDeliverySchema,
});
