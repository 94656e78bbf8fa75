import { handle } from "@/app/api/handle";
import { promoteReview } from "@/lib/http/routes/reviews.routes";

export const POST = handle(promoteReview, ({ actor, params, body, services }) =>
  services.reviews.promote(actor, params.review, body),
);
