import { handle } from "@/app/api/handle";
import { changeAccount } from "@/lib/http/routes/accounts.routes";

export const PATCH = handle(changeAccount, ({ actor, params, body, services }) =>
  services.serverAccounts.change(actor, params.account, body),
);
