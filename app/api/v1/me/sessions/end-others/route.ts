import { handle } from "@/app/api/handle";
import { endOtherSessions } from "@/lib/http/routes/accounts.routes";

export const POST = handle(endOtherSessions, async ({ request, services }) => ({
  ended: await services.account.endOthers(request.headers),
}));
