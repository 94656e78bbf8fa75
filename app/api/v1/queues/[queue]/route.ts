import { handle } from "@/app/api/handle";
import { changeQueue } from "@/lib/http/routes/labels.routes";

export const PATCH = handle(changeQueue, ({ actor, params, body, services }) =>
  services.queues.change(actor, params.queue, body),
);
