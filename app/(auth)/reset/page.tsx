import type { Metadata } from "next";
import { RequestResetForm, ResetForm } from "@/components/auth/reset-forms";
import { AuthLayout } from "@/components/shell/auth-layout";
import { TextLink } from "@/components/ui/text-link";
import { getServices } from "@/lib/services/container";

export const metadata: Metadata = { title: "New password" };

interface ResetPageProps {
  searchParams: Promise<{ token?: string | string[] }>;
}

/** A new password: with a link, choose it; without one, have the link mailed, or be told who can make one. */
export default async function ResetPage({ searchParams }: ResetPageProps) {
  const { account } = getServices();
  const { token } = await searchParams;
  if (typeof token === "string" && account.isResetOpen(token)) {
    return (
      <AuthLayout title="Choose a new password">
        <ResetForm token={token} />
      </AuthLayout>
    );
  }
  return (
    <AuthLayout
      title={token === undefined ? "Password lost" : "This link no longer works."}
      footer={<TextLink href="/sign-in">Back to sign in</TextLink>}
    >
      {token !== undefined && <p className="mb-4">It has been used, or is older than an hour.</p>}
      {account.canMail ? (
        <RequestResetForm />
      ) : (
        <p>
          No mail is sent from this server. Ask whoever looks after it for a link: under This server,
          Accounts, or with <code className="font-mono text-sm">npm run admin -- reset-link</code> on its
          computer.
        </p>
      )}
    </AuthLayout>
  );
}
