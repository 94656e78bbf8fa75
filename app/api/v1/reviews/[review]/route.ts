import { handle } from "@/app/api/handle";
import { getReview } from "@/lib/http/routes/reviews.routes";

export const GET = handle(getReview, ({ actor, params, services }) =>
  services.reviews.get(actor, params.review),
);
