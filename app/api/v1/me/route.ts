import { handle } from "@/app/api/handle";
import { readMe, renameMe } from "@/lib/http/routes/accounts.routes";

export const GET = handle(readMe, ({ actor, services }) => services.auth.me(actor));

export const PATCH = handle(renameMe, ({ request, body, services }) =>
  services.account.rename(request.headers, body.name),
);
