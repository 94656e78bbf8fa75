import { handle } from "@/app/api/handle";
import { readMe } from "@/lib/http/routes/accounts.routes";

export const GET = handle(readMe, ({ actor, services }) => services.auth.me(actor));
