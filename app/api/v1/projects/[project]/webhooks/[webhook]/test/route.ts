import { handle } from "@/app/api/handle";
import { testWebhook } from "@/lib/http/routes/webhooks.routes";

export const POST = handle(testWebhook, ({ actor, params, services }) =>
  services.webhooks.test(actor, params.project, params.webhook),
);
