import { handle } from "@/app/api/handle";
import { getCandidateBecause } from "@/lib/http/routes/runs.routes";

export const GET = handle(getCandidateBecause, ({ actor, params, services }) =>
  services.runs.because(actor, params.run, params.candidate),
);
