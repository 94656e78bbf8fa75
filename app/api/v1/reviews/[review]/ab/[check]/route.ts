import { handle } from "@/app/api/handle";
import { answerBlindPair } from "@/lib/http/routes/reviews.routes";

export const POST = handle(answerBlindPair, ({ actor, params, body, services }) =>
  services.blind.answer(actor, params.review, params.check, body),
);
