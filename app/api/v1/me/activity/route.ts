import { handle } from "@/app/api/handle";
import { touchSession } from "@/lib/http/routes/accounts.routes";

export const POST = handle(touchSession, ({ request, services }) => services.account.touch(request.headers));
