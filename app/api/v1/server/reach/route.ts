import { handle } from "@/app/api/handle";
import { readReach, saveReach } from "@/lib/http/routes/server.routes";

export const GET = handle(readReach, ({ actor, services }) => services.reach.get(actor));

export const PUT = handle(saveReach, ({ actor, body, services }) => services.reach.save(actor, body.url));
