import { handle } from "@/app/api/handle";
import { aliasHistory } from "@/lib/http/routes/prompts.routes";

export const GET = handle(aliasHistory, ({ actor, params, query, services }) =>
  services.prompts.aliasHistory(actor, params.ref, params.alias, query.at),
);
