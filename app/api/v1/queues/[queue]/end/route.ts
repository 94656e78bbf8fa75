import { handle } from "@/app/api/handle";
import { endOfBatch } from "@/lib/http/routes/labels.routes";

export const GET = handle(endOfBatch, async ({ actor, params, services }) =>
  services.queues.end(actor, params.queue),
);
