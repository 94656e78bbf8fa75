import { handle } from "@/app/api/handle";
import { getRun } from "@/lib/http/routes/runs.routes";

export const GET = handle(getRun, ({ actor, params, services }) => services.runs.get(actor, params.run));
