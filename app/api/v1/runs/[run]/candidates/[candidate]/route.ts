import { handle } from "@/app/api/handle";
import { getCandidate } from "@/lib/http/routes/runs.routes";

export const GET = handle(getCandidate, ({ actor, params, services }) =>
  services.runs.candidate(actor, params.run, params.candidate),
);
