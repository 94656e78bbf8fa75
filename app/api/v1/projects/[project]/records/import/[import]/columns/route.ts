import { handle } from "@/app/api/handle";
import { chooseImportColumns } from "@/lib/http/routes/record-files.routes";

export const POST = handle(chooseImportColumns, ({ actor, params, body, services }) =>
  services.imports.chooseColumns(actor, params.project, params.import, body.columns),
);
