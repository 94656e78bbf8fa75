import { handle } from "@/app/api/handle";
import { nextItem } from "@/lib/http/routes/labels.routes";

export const POST = handle(nextItem, async ({ actor, params, body, services }) => ({
  item: services.queues.next(actor, params.queue, body),
}));
