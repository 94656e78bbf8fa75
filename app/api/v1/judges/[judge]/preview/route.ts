import { handle } from "@/app/api/handle";
import { previewJudgePrompt } from "@/lib/http/routes/judge-checks.routes";

export const POST = handle(previewJudgePrompt, ({ actor, params, body, services }) =>
  services.judgeChecks.preview(actor, params.judge, body),
);
