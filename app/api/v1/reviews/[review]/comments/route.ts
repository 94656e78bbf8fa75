import { handle } from "@/app/api/handle";
import { commentReview } from "@/lib/http/routes/reviews.routes";

export const POST = handle(commentReview, ({ actor, params, body, services }) =>
  services.reviews.comment(actor, params.review, body),
);
