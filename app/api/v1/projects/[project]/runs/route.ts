import { handle } from "@/app/api/handle";
import { packRunSnapshot } from "@/lib/contracts/run-matrix";
import { created } from "@/lib/http/reply";
import { listRuns, startRun } from "@/lib/http/routes/runs.routes";

export const GET = handle(listRuns, ({ actor, params, services }) => ({
  items: services.runs.list(actor, params.project),
}));

export const POST = handle(startRun, ({ actor, params, body, services }) =>
  created(packRunSnapshot(services.runs.start(actor, params.project, body))),
);
