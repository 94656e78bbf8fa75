import { z } from "zod";
import { defineRoute } from "../define-route";

export const streamEvents = defineRoute({
  id: "events.stream",
  method: "GET",
  path: "/api/v1/events",
  summary:
    "Server-sent events of one topic: what is stored after Last-Event-ID, then what happens. `topic` is run:ID or job:ID.",
  permission: "signed-in",
  scope: "runs:read",
  query: z.object({
    topic: z.string().regex(/^(run|job):[A-Za-z0-9_-]{1,100}$/, "run:ID or job:ID"),
    /** Instead of the Last-Event-ID header, for a first connection that has a snapshot. */
    after: z.coerce.number().int().min(0).optional(),
  }),
});
