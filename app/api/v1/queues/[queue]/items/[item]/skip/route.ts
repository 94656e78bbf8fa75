import { handle } from "@/app/api/handle";
import { skipItem } from "@/lib/http/routes/labels.routes";

export const POST = handle(skipItem, async ({ actor, params, body, services }) =>
  services.queues.skip(actor, params.queue, params.item, body),
);
