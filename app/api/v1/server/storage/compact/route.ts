import { handle } from "@/app/api/handle";
import { compactStorage } from "@/lib/http/routes/server.routes";

export const POST = handle(compactStorage, ({ actor, services }) => services.storage.compact(actor));
