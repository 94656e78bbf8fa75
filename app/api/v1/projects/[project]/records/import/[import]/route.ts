import { handle } from "@/app/api/handle";
import { getImport } from "@/lib/http/routes/record-files.routes";

export const GET = handle(getImport, ({ actor, params, services }) =>
  services.imports.state(actor, params.project, params.import),
);
