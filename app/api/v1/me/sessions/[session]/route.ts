import { handle } from "@/app/api/handle";
import { endSession } from "@/lib/http/routes/accounts.routes";

export const DELETE = handle(endSession, ({ request, params, services }) =>
  services.account.endSession(request.headers, params.session),
);
