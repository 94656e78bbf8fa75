import { handle } from "@/app/api/handle";
import { listDeliveries } from "@/lib/http/routes/webhooks.routes";

export const GET = handle(listDeliveries, ({ actor, params, services }) => ({
  items: services.webhooks.deliveries(actor, params.project, params.webhook),
}));
