import { handle } from "@/app/api/handle";
import { created } from "@/lib/http/reply";
import { createJudge, listJudges } from "@/lib/http/routes/judges.routes";

export const GET = handle(listJudges, ({ actor, params, services }) => ({
  items: services.judges.list(actor, params.project),
}));

export const POST = handle(createJudge, ({ actor, params, body, services }) => {
  const judge = services.judges.create(actor, params.project, body);
  return created(judge, `/api/v1/judges/${judge.id}`);
});
