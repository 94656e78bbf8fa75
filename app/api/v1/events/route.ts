import { handle } from "@/app/api/handle";
import { streamEvents } from "@/lib/http/routes/events.routes";

export const GET = handle(streamEvents, ({ actor, query, request, services }) =>
  services.events.open({
    actor,
    topic: query.topic,
    after: lastSeq(request.headers.get("last-event-id"), query.after),
    signal: request.signal,
    currentActor: () => services.auth.actorOf(request.headers),
  }),
);

/** After a broken connection the browser says in the header what it has, while its address is still the first one. */
function lastSeq(header: string | null, after: number | undefined): number {
  const seq = Number(header ?? "");
  return header !== null && Number.isSafeInteger(seq) && seq >= 0 ? seq : (after ?? 0);
}
