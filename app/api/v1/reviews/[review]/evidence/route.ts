import { handle } from "@/app/api/handle";
import { created } from "@/lib/http/reply";
import { buyEvidence } from "@/lib/http/routes/reviews.routes";

export const POST = handle(buyEvidence, ({ actor, params, services }) =>
  created(services.reviews.buyEvidence(actor, params.review)),
);
