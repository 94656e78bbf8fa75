import { handle } from "@/app/api/handle";
import { created } from "@/lib/http/reply";
import { listRuns, startRun } from "@/lib/http/routes/runs.routes";

export const GET = handle(listRuns, ({ actor, params, services }) => ({
  items: services.runs.list(actor, params.project),
}));

export const POST = handle(startRun, ({ actor, params, body, services }) =>
  created(services.runs.start(actor, params.project, body)),
);
