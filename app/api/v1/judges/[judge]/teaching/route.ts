import { handle } from "@/app/api/handle";
import { alignmentPreflight } from "@/lib/http/routes/judges.routes";

export const GET = handle(alignmentPreflight, ({ actor, params, services }) =>
  services.alignments.preflight(actor, params.judge),
);
