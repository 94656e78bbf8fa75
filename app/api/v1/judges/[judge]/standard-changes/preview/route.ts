import { handle } from "@/app/api/handle";
import { previewStandardChange } from "@/lib/http/routes/judge-checks.routes";

export const POST = handle(previewStandardChange, ({ actor, params, body, services }) =>
  services.standards.preview(actor, params.judge, body),
);
