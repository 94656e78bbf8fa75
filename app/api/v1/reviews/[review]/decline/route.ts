import { handle } from "@/app/api/handle";
import { declineReview } from "@/lib/http/routes/reviews.routes";

export const POST = handle(declineReview, ({ actor, params, body, services }) =>
  services.reviews.decline(actor, params.review, body.reason),
);
