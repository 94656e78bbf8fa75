import { handle } from "@/app/api/handle";
import { created } from "@/lib/http/reply";
import { startJudgeCheck } from "@/lib/http/routes/judge-checks.routes";

export const POST = handle(startJudgeCheck, ({ actor, params, body, services }) => {
  const check = services.judgeChecks.start(actor, params.judge, body);
  return created(check, `/api/v1/judge-checks/${check.id}`);
});
