import { handle } from "@/app/api/handle";
import { compareJudgeVersions } from "@/lib/http/routes/judge-checks.routes";

export const GET = handle(compareJudgeVersions, ({ actor, params, query, services }) =>
  services.judgeChecks.compare(actor, params.judge, query),
);
