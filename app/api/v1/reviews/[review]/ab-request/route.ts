import { handle } from "@/app/api/handle";
import { askBlind } from "@/lib/http/routes/reviews.routes";

export const POST = handle(askBlind, ({ actor, params, services }) => {
  services.blind.request(actor, params.review);
  return services.reviews.get(actor, params.review);
});
