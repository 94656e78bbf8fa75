import { handle } from "@/app/api/handle";
import { draftBasis, draftExpectations } from "@/lib/http/routes/records.routes";

export const GET = handle(draftBasis, ({ actor, params, services }) =>
  services.drafts.basis(actor, params.record),
);

export const POST = handle(draftExpectations, ({ actor, params, services }) =>
  services.drafts.draft(actor, params.record),
);
