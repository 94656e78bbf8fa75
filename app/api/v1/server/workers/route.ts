import { handle } from "@/app/api/handle";
import { readWorkers } from "@/lib/http/routes/server.routes";

export const GET = handle(readWorkers, ({ actor, services }) => services.workers.get(actor));
