import { handle } from "@/app/api/handle";
import { reasonChips } from "@/lib/http/routes/labels.routes";

export const GET = handle(reasonChips, async ({ actor, params, query, services }) => ({
  items: services.labels.reasonChips(actor, params.project, query.judge),
}));
