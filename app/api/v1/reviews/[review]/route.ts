import { handle } from "@/app/api/handle";
import { editReview, getReview } from "@/lib/http/routes/reviews.routes";

export const GET = handle(getReview, ({ actor, params, services }) =>
  services.reviews.get(actor, params.review),
);

/** `If-Match` names the `contentHash` of the words that the edit started from. */
export const PATCH = handle(editReview, ({ actor, params, body, ifMatch, services }) =>
  services.reviews.edit(actor, params.review, { ...body, expectedHash: ifMatch }),
);
