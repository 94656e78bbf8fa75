import { handle } from "@/app/api/handle";
import { commitImport } from "@/lib/http/routes/records.routes";

export const POST = handle(commitImport, ({ actor, params, services }) =>
  services.imports.commit(actor, params.project, params.import),
);
