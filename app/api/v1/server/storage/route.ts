import { handle } from "@/app/api/handle";
import { readStorage } from "@/lib/http/routes/server.routes";

export const GET = handle(readStorage, ({ actor, services }) => services.storage.get(actor));
