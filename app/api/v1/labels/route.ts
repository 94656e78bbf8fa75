import { handle } from "@/app/api/handle";
import { created } from "@/lib/http/reply";
import { commitLabel } from "@/lib/http/routes/labels.routes";

export const POST = handle(commitLabel, async ({ actor, body, services }) =>
  created(services.labels.commit(actor, body)),
);
