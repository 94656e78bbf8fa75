import { handle } from "@/app/api/handle";
import { controlImport } from "@/lib/http/routes/record-files.routes";

export const POST = handle(controlImport, ({ actor, params, services }) =>
  services.imports.control(actor, params.project, params.import, params.action),
);
