import { handle } from "@/app/api/handle";
import { revisionOf } from "@/lib/http/guards";
import { withRevision } from "@/lib/http/reply";
import { getRecord, updateRecord } from "@/lib/http/routes/records.routes";

export const GET = handle(getRecord, ({ actor, params, services }) =>
  withRevision(services.records.get(actor, params.record)),
);

export const PATCH = handle(updateRecord, ({ actor, params, body, ifMatch, services }) =>
  withRevision(services.records.update(actor, params.record, body, revisionOf(ifMatch))),
);
