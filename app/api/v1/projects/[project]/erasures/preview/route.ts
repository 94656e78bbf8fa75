import { handle } from "@/app/api/handle";
import { previewErasure } from "@/lib/http/routes/erasure.routes";

export const POST = handle(previewErasure, ({ actor, params, body, services }) =>
  services.erasure.preview(actor, params.project, body),
);
