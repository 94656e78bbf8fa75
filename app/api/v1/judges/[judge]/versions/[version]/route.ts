import { handle } from "@/app/api/handle";
import { discardJudgeDraft, getJudgeVersion } from "@/lib/http/routes/judges.routes";

export const GET = handle(getJudgeVersion, ({ actor, params, services }) =>
  services.judges.version(actor, params.judge, params.version),
);

export const DELETE = handle(discardJudgeDraft, ({ actor, params, services }) =>
  services.judges.discard(actor, params.judge, params.version),
);
