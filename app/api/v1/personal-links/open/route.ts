import { handle } from "@/app/api/handle";
import { openPersonalLink } from "@/lib/http/routes/people.routes";

export const POST = handle(openPersonalLink, async ({ body, request, services }) => {
  const { token, sharedDevice } = body;
  const opened = await services.personalLinks.open(token, request.headers, sharedDevice);
  const href = `/p/${opened.projectId}/label/${opened.queueId}`;
  return Response.json({ href }, { headers: opened.cookies });
});
