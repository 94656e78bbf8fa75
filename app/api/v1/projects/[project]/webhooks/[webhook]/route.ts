import { handle } from "@/app/api/handle";
import { removeWebhook } from "@/lib/http/routes/webhooks.routes";

export const DELETE = handle(removeWebhook, ({ actor, params, services }) => {
  services.webhooks.remove(actor, params.project, params.webhook);
});
