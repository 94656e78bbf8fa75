import { fileReply } from "@/app/api/file-reply";
import { handle } from "@/app/api/handle";
import { exportRecords, exportSelection } from "@/lib/http/routes/record-files.routes";

export const GET = handle(exportRecords, ({ actor, params, query, services }) =>
  fileReply(services.records.exportFile(actor, params.project, query.format, null)),
);

export const POST = handle(exportSelection, ({ actor, params, body, services }) =>
  fileReply(services.records.exportFile(actor, params.project, body.format, body.select)),
);
