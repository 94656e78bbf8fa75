import { handle } from "@/app/api/handle";
import { acceptInvitation } from "@/lib/http/routes/people.routes";

export const POST = handle(acceptInvitation, async ({ body, request, services }) => {
  const { projectId, cookies } = await services.invitations.accept(body, request.headers);
  return Response.json({ projectId, signedIn: cookies !== null }, { status: 201, headers: cookies ?? {} });
});
