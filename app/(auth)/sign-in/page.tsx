import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { SignInForm } from "@/components/auth/sign-in-form";
import { AuthLayout } from "@/components/shell/auth-layout";
import { getServices } from "@/lib/services/container";
import { safeNextPath } from "@/lib/view-models/next-path";

export const metadata: Metadata = { title: "Sign in" };

interface SignInPageProps {
  searchParams: Promise<{ next?: string | string[]; error?: string | string[] }>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { auth } = getServices();
  if (!auth.isSetUp()) redirect("/setup");
  const { error, next: wanted } = await searchParams;
  const next = safeNextPath(wanted);
  if ((await auth.actorOf(await headers())) !== null) redirect(next);
  return (
    <AuthLayout
      title="Sign in"
      footer="No account yet? Ask whoever looks after your project for an invitation."
    >
      <SignInForm next={next} hasSingleSignOn={auth.hasSingleSignOn} problem={problemOf(error)} />
    </AuthLayout>
  );
}

/** What single sign-on came back with, in words. The account must exist and be known to be its person's. */
function problemOf(error: string | string[] | undefined): string | null {
  if (error === undefined) return null;
  return "Single sign-on worked, but there is no account here that it may open. Ask for an invitation, or sign in with your password and ask an admin of this server to let single sign-on open your account.";
}
