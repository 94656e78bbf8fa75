import { handle } from "@/app/api/handle";
import { changeManyRecords } from "@/lib/http/routes/record-files.routes";

export const POST = handle(changeManyRecords, ({ actor, params, body, services }) =>
  services.records.changeMany(actor, params.project, body),
);
