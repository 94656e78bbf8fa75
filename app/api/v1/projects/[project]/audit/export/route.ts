import { fileReply } from "@/app/api/file-reply";
import { handle } from "@/app/api/handle";
import { exportProjectAudit } from "@/lib/http/routes/audit.routes";

export const GET = handle(exportProjectAudit, ({ actor, params, query, services }) =>
  fileReply(services.auditLog.exportFile(actor, params.project, query)),
);
