import { handle } from "@/app/api/handle";
import { acceptLoss } from "@/lib/http/routes/reviews.routes";

export const POST = handle(acceptLoss, ({ actor, params, body, services }) =>
  services.reviews.acceptLoss(actor, params.review, body),
);
