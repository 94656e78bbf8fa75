import { handle } from "@/app/api/handle";
import { resetPassword } from "@/lib/http/routes/accounts.routes";

export const POST = handle(resetPassword, ({ body, services }) =>
  services.account.reset(body.token, body.password),
);
