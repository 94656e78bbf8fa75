import { handle } from "@/app/api/handle";
import { commitImport } from "@/lib/http/routes/record-files.routes";

export const POST = handle(commitImport, ({ actor, params, services }) =>
  services.imports.commit(actor, params.project, params.import),
);
