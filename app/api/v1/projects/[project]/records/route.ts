import { handle } from "@/app/api/handle";
import { created } from "@/lib/http/reply";
import { createRecord, listRecords } from "@/lib/http/routes/records.routes";

export const GET = handle(listRecords, ({ actor, params, query, services }) =>
  services.records.list(actor, params.project, query),
);

export const POST = handle(createRecord, ({ actor, params, body, services }) => {
  const record = services.records.create(actor, params.project, body);
  return created(record, `/api/v1/records/${record.id}`);
});
