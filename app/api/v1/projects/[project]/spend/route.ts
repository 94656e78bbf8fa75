import { handle } from "@/app/api/handle";
import { getSpend } from "@/lib/http/routes/spend.routes";

export const GET = handle(getSpend, ({ actor, params, query, services }) =>
  services.spend.month(actor, params.project, query.month),
);
