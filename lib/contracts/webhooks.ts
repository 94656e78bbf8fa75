import { z } from "zod";

/** What a program outside can be told of. `ping` is sent by hand, to try the address. */
export const webhookEvents = [
  "prompt.promoted",
  "prompt.rolled_back",
  "review.requested",
  "review.approved",
  "run.finished",
] as const;
export const webhookEventSchema = z.enum(webhookEvents);
export type WebhookEvent = z.infer<typeof webhookEventSchema>;
export type WebhookMessageType = WebhookEvent | "ping";

export const createWebhookInput = z.object({
  url: z
    .url({ protocol: /^https?$/, error: "Write the whole address, beginning with https:// or http://." })
    .max(2_000)
    .refine(
      (url) => !hasCredentials(url),
      "Leave name and password out of the address; the signature proves us.",
    ),
  events: z.array(webhookEventSchema).min(1, "Choose at least one thing it is told of."),
});
export type CreateWebhookInput = z.infer<typeof createWebhookInput>;

export const webhookSchema = z.object({
  id: z.string(),
  projectId: z.string(),
  url: z.string(),
  events: z.array(webhookEventSchema),
  createdBy: z.string(),
  createdAt: z.number(),
});
export type WebhookView = z.infer<typeof webhookSchema>;

/** The secret is in the answer that made the webhook, and never again. */
export const createdWebhookSchema = z.object({ webhook: webhookSchema, secret: z.string() });
export type CreatedWebhook = z.infer<typeof createdWebhookSchema>;

/** One message to one address: its state, and what came of the last try. */
export const webhookDeliverySchema = z.object({
  /** The same at every try, in the header `Touchstone-Delivery`: receivers tell repeats by it. */
  id: z.string(),
  event: z.enum([...webhookEvents, "ping"]),
  state: z.enum(["waiting", "delivered", "given-up"]),
  attempts: z.number().int(),
  /** When it is tried next; null = it is not. */
  nextAt: z.number().nullable(),
  lastStatus: z.number().int().nullable(),
  lastError: z.string().nullable(),
  deliveredAt: z.number().nullable(),
  createdAt: z.number(),
  /** What is sent, as it is sent. */
  body: z.string(),
});
export type WebhookDeliveryView = z.infer<typeof webhookDeliverySchema>;

function hasCredentials(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { username, password } = new URL(url);
  return username !== "" || password !== "";
}
