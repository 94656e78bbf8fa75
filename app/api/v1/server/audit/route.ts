import { handle } from "@/app/api/handle";
import { listServerAudit } from "@/lib/http/routes/audit.routes";

export const GET = handle(listServerAudit, ({ actor, query, services }) =>
  services.auditLog.list(actor, null, query),
);
