import { handle } from "@/app/api/handle";
import { created } from "@/lib/http/reply";
import { createQueue, listQueues } from "@/lib/http/routes/labels.routes";

export const GET = handle(listQueues, async ({ actor, params, services }) => ({
  items: services.queues.list(actor, params.project),
}));

export const POST = handle(createQueue, async ({ actor, params, body, services }) =>
  created(services.queues.create(actor, params.project, body)),
);
