import { handle } from "@/app/api/handle";
import { listCandidateCalls } from "@/lib/http/routes/runs.routes";

export const GET = handle(listCandidateCalls, ({ actor, params, services }) => ({
  items: services.runs.calls(actor, params.run, params.candidate),
}));
