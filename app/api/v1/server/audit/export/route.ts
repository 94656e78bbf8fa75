import { fileReply } from "@/app/api/file-reply";
import { handle } from "@/app/api/handle";
import { exportServerAudit } from "@/lib/http/routes/audit.routes";

export const GET = handle(exportServerAudit, ({ actor, query, services }) =>
  fileReply(services.auditLog.exportFile(actor, null, query)),
);
