import { handle } from "@/app/api/handle";
import { approveReview } from "@/lib/http/routes/reviews.routes";

export const POST = handle(approveReview, ({ actor, params, body, services }) =>
  services.reviews.approve(actor, params.review, body),
);
