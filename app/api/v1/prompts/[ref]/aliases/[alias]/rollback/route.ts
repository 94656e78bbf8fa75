import { handle } from "@/app/api/handle";
import { rollBack } from "@/lib/http/routes/prompts.routes";

export const POST = handle(rollBack, ({ actor, params, body, services }) =>
  services.prompts.rollBack(actor, params.ref, params.alias, body),
);
