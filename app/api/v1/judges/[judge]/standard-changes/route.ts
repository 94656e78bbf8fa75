import { handle } from "@/app/api/handle";
import { created } from "@/lib/http/reply";
import { changeStandard, listStandardChanges } from "@/lib/http/routes/judge-checks.routes";

export const GET = handle(listStandardChanges, ({ actor, params, services }) => ({
  items: services.standards.list(actor, params.judge),
}));

export const POST = handle(changeStandard, ({ actor, params, body, services }) => {
  const change = services.standards.change(actor, params.judge, body);
  return created(change, `/api/v1/judges/${params.judge}/standard-changes/${change.id}`);
});
