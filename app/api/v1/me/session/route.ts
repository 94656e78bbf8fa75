import { handle } from "@/app/api/handle";
import { markSession } from "@/lib/http/routes/accounts.routes";

export const PATCH = handle(markSession, ({ request, body, services }) =>
  services.account.setShared(request.headers, body.isShared),
);
