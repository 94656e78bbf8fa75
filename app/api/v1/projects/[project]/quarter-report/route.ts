import { handle } from "@/app/api/handle";
import { quarterReport } from "@/lib/http/routes/reviews.routes";

export const GET = handle(quarterReport, ({ actor, params, query, services }) =>
  services.reviews.quarter(actor, params.project, query.quarter),
);
