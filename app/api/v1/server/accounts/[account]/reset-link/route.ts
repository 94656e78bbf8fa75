import { handle } from "@/app/api/handle";
import { created } from "@/lib/http/reply";
import { makeResetLink } from "@/lib/http/routes/accounts.routes";

export const POST = handle(makeResetLink, ({ actor, params, services }) =>
  created(services.serverAccounts.resetLink(actor, params.account)),
);
