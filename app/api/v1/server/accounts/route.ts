import { handle } from "@/app/api/handle";
import { listAccounts } from "@/lib/http/routes/accounts.routes";

export const GET = handle(listAccounts, ({ actor, services }) => ({
  items: services.serverAccounts.list(actor),
}));
