import { handle } from "@/app/api/handle";
import { beginBlindSheet, getBlindSheet } from "@/lib/http/routes/reviews.routes";

export const GET = handle(getBlindSheet, ({ actor, params, services }) =>
  services.blind.sheet(actor, params.review),
);

export const POST = handle(beginBlindSheet, ({ actor, params, services }) =>
  services.blind.begin(actor, params.review),
);
