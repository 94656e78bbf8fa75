import { handle } from "@/app/api/handle";
import { settleDifference } from "@/lib/http/routes/judges.routes";

export const POST = handle(settleDifference, ({ actor, params, body, services }) =>
  services.alignments.settle(actor, params.alignment, body.labelId, body.outcome),
);
