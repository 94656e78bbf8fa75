import { handle } from "@/app/api/handle";
import { created } from "@/lib/http/reply";
import { createReview, listReviews } from "@/lib/http/routes/reviews.routes";

export const GET = handle(listReviews, ({ actor, params, services }) => ({
  items: services.reviews.list(actor, params.project),
}));

export const POST = handle(createReview, ({ actor, params, body, services }) => {
  const review = services.reviews.create(actor, params.project, body);
  return created(review, `/api/v1/reviews/${review.id}`);
});
