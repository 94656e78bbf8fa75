import type { Metadata } from "next";
import { SetupForm } from "@/components/auth/setup-form";
import { AuthLayout } from "@/components/shell/auth-layout";
import { LinkButton } from "@/components/ui/link-button";
import { getServices } from "@/lib/services/container";

export const metadata: Metadata = { title: "Set up" };

interface SetupPageProps {
  searchParams: Promise<{ token?: string | string[] }>;
}

/** The first run: reached by the link that the server prints when it starts. */
export default async function SetupPage({ searchParams }: SetupPageProps) {
  const { auth } = getServices();
  const { token } = await searchParams;
  if (auth.isSetUp()) {
    return (
      <AuthLayout title="This server is set up.">
        <p>
          Its link for the first run has done its work. Sign in with your account, or ask whoever set it up
          for one.
        </p>
        <p className="mt-5">
          <LinkButton href="/sign-in" variant="primary">
            Sign in
          </LinkButton>
        </p>
      </AuthLayout>
    );
  }
  if (typeof token !== "string" || !auth.isSetupTokenOpen(token)) {
    return (
      <AuthLayout title="Open the link from the terminal.">
        <p>
          {token === undefined
            ? "When Touchstone starts for the first time it prints a link, so that only whoever started it can set it up."
            : "This link is incomplete or too old."}{" "}
          Look where the server was started, and open the newest one. Starting the server again prints a new
          link.
        </p>
      </AuthLayout>
    );
  }
  return (
    <AuthLayout title="Teach a judge what good means. Then let it improve the prompt." width="wide">
      <p className="measure text-ink-muted">
        First an account for you. It looks after this server; colleagues get their own later. All data is
        stored on this computer.
      </p>
      <SetupForm token={token} />
    </AuthLayout>
  );
}
