import { handle } from "@/app/api/handle";
import { undoManyRecords } from "@/lib/http/routes/record-files.routes";

export const POST = handle(undoManyRecords, ({ actor, params, services }) =>
  services.records.undoMany(actor, params.project, params.act),
);
