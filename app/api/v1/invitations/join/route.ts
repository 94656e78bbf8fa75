import { handle } from "@/app/api/handle";
import { joinByInvitation } from "@/lib/http/routes/people.routes";

export const POST = handle(joinByInvitation, ({ actor, body, services }) => ({
  ...services.invitations.join(actor, body.token),
  signedIn: true,
}));
