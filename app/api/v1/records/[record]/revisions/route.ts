import { handle } from "@/app/api/handle";
import { listRevisions } from "@/lib/http/routes/records.routes";

export const GET = handle(listRevisions, ({ actor, params, services }) => ({
  items: services.records.revisions(actor, params.record),
}));
