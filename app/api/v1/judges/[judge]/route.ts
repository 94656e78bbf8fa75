import { handle } from "@/app/api/handle";
import { getJudge } from "@/lib/http/routes/judges.routes";

export const GET = handle(getJudge, ({ actor, params, services }) =>
  services.judges.get(actor, params.judge),
);
