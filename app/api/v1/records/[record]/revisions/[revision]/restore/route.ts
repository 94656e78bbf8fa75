import { handle } from "@/app/api/handle";
import { revisionOf } from "@/lib/http/guards";
import { withRevision } from "@/lib/http/reply";
import { restoreRevision } from "@/lib/http/routes/records.routes";

export const POST = handle(restoreRevision, ({ actor, params, ifMatch, services }) =>
  withRevision(
    services.records.restore(actor, params.record, revisionOf(params.revision), revisionOf(ifMatch)),
  ),
);
