import { handle } from "@/app/api/handle";
import { undoStandardChange } from "@/lib/http/routes/judge-checks.routes";

export const DELETE = handle(undoStandardChange, ({ actor, params, services }) =>
  services.standards.undo(actor, params.judge, params.change),
);
