import { handle } from "@/app/api/handle";
import { judgeAnswers } from "@/lib/http/routes/judge-checks.routes";

export const GET = handle(judgeAnswers, ({ actor, params, services }) =>
  services.judgeChecks.answers(actor, params.judge),
);
