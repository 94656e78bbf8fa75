import { handle } from "@/app/api/handle";
import { requestReset } from "@/lib/http/routes/accounts.routes";

export const POST = handle(requestReset, ({ body, services }) => services.account.requestReset(body.email));
