import { handle } from "@/app/api/handle";
import { getJudgeCheck } from "@/lib/http/routes/judge-checks.routes";

export const GET = handle(getJudgeCheck, ({ actor, params, services }) =>
  services.judgeChecks.get(actor, params.check),
);
