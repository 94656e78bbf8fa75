import { handle } from "@/app/api/handle";
import { decideAlignment } from "@/lib/http/routes/judges.routes";

export const POST = handle(decideAlignment, ({ actor, params, body, services }) =>
  services.alignments.decide(actor, params.alignment, body.decision),
);
