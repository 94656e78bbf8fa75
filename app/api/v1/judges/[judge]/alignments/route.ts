import { handle } from "@/app/api/handle";
import { created } from "@/lib/http/reply";
import { listAlignments, startAlignment } from "@/lib/http/routes/judges.routes";

export const GET = handle(listAlignments, ({ actor, params, services }) => ({
  items: services.alignments.list(actor, params.judge),
}));

export const POST = handle(startAlignment, ({ actor, params, services }) => {
  const alignment = services.alignments.start(actor, params.judge);
  return created(alignment, `/api/v1/alignments/${alignment.id}`);
});
