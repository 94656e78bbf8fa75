"use client";

import { useQuery } from "@tanstack/react-query";
import { z } from "zod";
import {
  type CreatedWebhook,
  type CreateWebhookInput,
  createdWebhookSchema,
  type WebhookDeliveryView,
  webhookDeliverySchema,
} from "@/lib/contracts/webhooks";
import { apiFetch } from "./api-fetch";

const webhooksAt = (projectId: string) => `/api/v1/projects/${encodeURIComponent(projectId)}/webhooks`;
const webhookAt = (projectId: string, webhookId: string) =>
  `${webhooksAt(projectId)}/${encodeURIComponent(webhookId)}`;

/** The secret is in this answer and never again. */
export function createWebhook(projectId: string, input: CreateWebhookInput): Promise<CreatedWebhook> {
  return apiFetch(webhooksAt(projectId), { method: "POST", body: input, schema: createdWebhookSchema });
}

export function removeWebhook(projectId: string, webhookId: string): Promise<undefined> {
  return apiFetch(webhookAt(projectId, webhookId), { method: "DELETE" });
}

/** Sends a message that says nothing. */
export function testWebhook(projectId: string, webhookId: string): Promise<WebhookDeliveryView> {
  return apiFetch(`${webhookAt(projectId, webhookId)}/test`, {
    method: "POST",
    schema: webhookDeliverySchema,
  });
}

export function redeliver(
  projectId: string,
  webhookId: string,
  deliveryId: string,
): Promise<WebhookDeliveryView> {
  return apiFetch(
    `${webhookAt(projectId, webhookId)}/deliveries/${encodeURIComponent(deliveryId)}/redeliver`,
    { method: "POST", schema: webhookDeliverySchema },
  );
}

const POLL_MS = 1_500;

/** The log of one webhook, newest first; looked at again while a first try is under way. */
export function useDeliveries(projectId: string, webhookId: string) {
  return useQuery({
    queryKey: ["webhook-deliveries", webhookId] as const,
    queryFn: async ({ signal }) => {
      const schema = z.object({ items: z.array(webhookDeliverySchema) });
      return (await apiFetch(`${webhookAt(projectId, webhookId)}/deliveries`, { schema, signal })).items;
    },
    refetchInterval: ({ state }) =>
      state.data?.some(({ state: of, nextAt }) => of === "waiting" && (nextAt ?? 0) < Date.now() + 90_000)
        ? POLL_MS
        : false,
  });
}
