import { handle } from "@/app/api/handle";
import { listSessions } from "@/lib/http/routes/accounts.routes";

export const GET = handle(listSessions, async ({ request, services }) => ({
  items: await services.account.sessions(request.headers),
}));
