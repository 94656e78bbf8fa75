import { handle } from "@/app/api/handle";
import { packRunSnapshot } from "@/lib/contracts/run-matrix";
import { getRun } from "@/lib/http/routes/runs.routes";

export const GET = handle(getRun, ({ actor, params, services }) =>
  packRunSnapshot(services.runs.get(actor, params.run)),
);
