import { handle } from "@/app/api/handle";
import { listDisagreements } from "@/lib/http/routes/labels.routes";

export const GET = handle(listDisagreements, ({ actor, params, services: { labels } }) => ({
  items: labels.disagreements(actor, params.project),
  agreement: labels.agreement(actor, params.project),
}));
