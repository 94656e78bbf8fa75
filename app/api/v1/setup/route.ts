import { handle } from "@/app/api/handle";
import { completeSetup } from "@/lib/http/routes/accounts.routes";

export const POST = handle(completeSetup, async ({ body, request, services }) => {
  const { userId, cookies } = await services.auth.completeSetup(body, request.headers);
  return Response.json({ userId }, { status: 201, headers: cookies });
});
