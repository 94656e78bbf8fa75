import { handle } from "@/app/api/handle";
import { created } from "@/lib/http/reply";
import { editJudge, listJudgeVersions } from "@/lib/http/routes/judges.routes";

export const GET = handle(listJudgeVersions, ({ actor, params, services }) => ({
  items: services.judges.versions(actor, params.judge),
}));

export const POST = handle(editJudge, ({ actor, params, body, services }) => {
  const version = services.judges.edit(actor, params.judge, body);
  return created(version, `/api/v1/judges/${params.judge}/versions/${version.id}`);
});
