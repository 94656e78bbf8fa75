import { handle } from "@/app/api/handle";
import { reopenDisagreement, settleDisagreement } from "@/lib/http/routes/labels.routes";

export const PUT = handle(settleDisagreement, ({ actor, params, body, services }) =>
  services.labels.settle(actor, params.project, params.trace, body),
);

export const DELETE = handle(reopenDisagreement, ({ actor, params, query, services }) =>
  services.labels.unsettle(actor, params.project, params.trace, query.judge),
);
