import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { SignInForm } from "@/components/auth/sign-in-form";
import { AuthLayout } from "@/components/shell/auth-layout";
import { getServices } from "@/lib/services/container";
import { safeNextPath } from "@/lib/view-models/next-path";

export const metadata: Metadata = { title: "Sign in" };

interface SignInPageProps {
  searchParams: Promise<{ next?: string | string[] }>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { auth } = getServices();
  if (!auth.isSetUp()) redirect("/setup");
  const next = safeNextPath((await searchParams).next);
  if ((await auth.actorOf(await headers())) !== null) redirect(next);
  return (
    <AuthLayout
      title="Sign in"
      footer="No account yet, or the password is lost? Ask whoever looks after this server."
    >
      <SignInForm next={next} />
    </AuthLayout>
  );
}
