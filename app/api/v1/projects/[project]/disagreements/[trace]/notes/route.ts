import { handle } from "@/app/api/handle";
import { addDisagreementNote } from "@/lib/http/routes/labels.routes";

export const POST = handle(addDisagreementNote, ({ actor, params, body, services }) =>
  services.labels.addNote(actor, params.project, params.trace, body),
);
