import { handle } from "@/app/api/handle";
import { getRunCall } from "@/lib/http/routes/runs.routes";

export const GET = handle(getRunCall, ({ actor, params, services }) =>
  services.runs.call(actor, params.run, params.call),
);
