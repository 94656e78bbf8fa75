import { handle } from "@/app/api/handle";
import { created } from "@/lib/http/reply";
import { createWebhook, listWebhooks } from "@/lib/http/routes/webhooks.routes";

export const GET = handle(listWebhooks, ({ actor, params, services }) => ({
  items: services.webhooks.list(actor, params.project),
}));

export const POST = handle(createWebhook, ({ actor, params, body, services }) =>
  created(services.webhooks.create(actor, params.project, body)),
);
