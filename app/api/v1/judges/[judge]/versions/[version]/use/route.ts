import { handle } from "@/app/api/handle";
import { useJudgeVersion } from "@/lib/http/routes/judges.routes";

export const POST = handle(useJudgeVersion, ({ actor, params, services }) =>
  services.judges.use(actor, params.judge, params.version),
);
