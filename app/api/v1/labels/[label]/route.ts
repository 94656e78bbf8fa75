import { handle } from "@/app/api/handle";
import { addReason, undoLabel } from "@/lib/http/routes/labels.routes";

export const DELETE = handle(undoLabel, async ({ actor, params, services }) =>
  services.labels.undo(actor, params.label),
);

export const PATCH = handle(addReason, async ({ actor, params, body, services }) =>
  services.labels.addReason(actor, params.label, body),
);
