import { handle } from "@/app/api/handle";
import { listProjectAudit } from "@/lib/http/routes/audit.routes";

export const GET = handle(listProjectAudit, ({ actor, params, query, services }) =>
  services.auditLog.list(actor, params.project, query),
);
