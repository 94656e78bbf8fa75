import { handle } from "@/app/api/handle";
import { changePassword } from "@/lib/http/routes/accounts.routes";

export const POST = handle(changePassword, async ({ request, body, services }) => {
  const cookies = await services.account.changePassword(request.headers, body);
  return new Response(null, { status: 204, headers: cookies });
});
