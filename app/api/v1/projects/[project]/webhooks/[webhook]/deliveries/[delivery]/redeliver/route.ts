import { handle } from "@/app/api/handle";
import { redeliver } from "@/lib/http/routes/webhooks.routes";

export const POST = handle(redeliver, ({ actor, params, services }) =>
  services.webhooks.redeliver(actor, params.project, params.webhook, params.delivery),
);
