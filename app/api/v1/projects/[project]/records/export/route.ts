import { handle } from "@/app/api/handle";
import { exportRecords } from "@/lib/http/routes/records.routes";

export const GET = handle(
  exportRecords,
  ({ actor, params, services }) =>
    new Response(services.records.exportJsonl(actor, params.project), {
      headers: {
        "content-type": "application/x-ndjson; charset=utf-8",
        "content-disposition": 'attachment; filename="records.jsonl"',
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      },
    }),
);
