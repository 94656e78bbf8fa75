import { handle } from "@/app/api/handle";
import { reviewBundle } from "@/lib/http/routes/reviews.routes";

export const GET = handle(reviewBundle, ({ actor, params, services }) => {
  const bundle = services.reviews.bundle(actor, params.review);
  const name = `${bundle.prompt.name}-review-${bundle.review.number}.json`;
  return new Response(`${JSON.stringify(bundle, null, 1)}\n`, {
    headers: {
      "content-type": "application/json; charset=utf-8",
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
});
