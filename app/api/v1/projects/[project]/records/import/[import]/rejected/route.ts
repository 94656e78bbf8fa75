import { fileReply } from "@/app/api/file-reply";
import { handle } from "@/app/api/handle";
import { rejectedLines } from "@/lib/http/routes/record-files.routes";

export const GET = handle(rejectedLines, async ({ actor, params, services }) =>
  fileReply(await services.imports.rejected(actor, params.project, params.import)),
);
