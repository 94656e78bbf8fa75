import type { Metadata } from "next";
import { headers } from "next/headers";
import { JoinForm, JoinWithAccount } from "@/components/auth/join-form";
import { AuthLayout } from "@/components/shell/auth-layout";
import { LinkButton } from "@/components/ui/link-button";
import { getServices } from "@/lib/services/container";
import { roleMay, roleName } from "@/lib/view-models/people-words";

export const metadata: Metadata = { title: "Invitation" };

interface JoinPageProps {
  searchParams: Promise<{ token?: string | string[] }>;
}

/** Behind an invitation: who invites, to what, and the account to come in with. Looking does not use the link. */
export default async function JoinPage({ searchParams }: JoinPageProps) {
  const { auth, invitations } = getServices();
  const { token } = await searchParams;
  const invitation = typeof token === "string" ? invitations.peek(token) : null;
  if (!invitation || typeof token !== "string") {
    return (
      <AuthLayout title="This invitation no longer works.">
        <p>
          It has been used, was taken back, or is older than seven days. Ask whoever sent it for a new one. If
          you have come in with it before, sign in.
        </p>
        <p className="mt-5">
          <LinkButton href="/sign-in" variant="primary">
            Sign in
          </LinkButton>
        </p>
      </AuthLayout>
    );
  }
  const here = await auth.signedIn(await headers());
  return (
    <AuthLayout title={`Work on “${invitation.projectName}”`}>
      <p className="mb-5">
        {invitation.invitedBy} invites you as {roleName(invitation.role).toLowerCase()}, who{" "}
        {roleMay(invitation.role)}.
      </p>
      {here && !here.actor.confinedTo ? (
        <JoinWithAccount token={token} name={here.actor.name} />
      ) : (
        <JoinForm token={token} email={invitation.email} hasSingleSignOn={auth.hasSingleSignOn} />
      )}
    </AuthLayout>
  );
}
