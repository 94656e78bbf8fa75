import { handle } from "@/app/api/handle";
import { previewImport } from "@/lib/http/routes/record-files.routes";

export const POST = handle(previewImport, ({ actor, params, raw, services }) =>
  services.imports.preview(actor, params.project, raw),
);
