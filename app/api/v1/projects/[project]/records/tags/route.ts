import { handle } from "@/app/api/handle";
import { listRecordTags } from "@/lib/http/routes/records.routes";

export const GET = handle(listRecordTags, ({ actor, params, services }) => ({
  items: services.records.tags(actor, params.project),
}));
