import { handle } from "@/app/api/handle";
import { getAlignment } from "@/lib/http/routes/judges.routes";

export const GET = handle(getAlignment, ({ actor, params, services }) =>
  services.alignments.get(actor, params.alignment),
);
