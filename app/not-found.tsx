import type { Metadata } from "next";
import { AuthLayout } from "@/components/shell/auth-layout";
import { LinkButton } from "@/components/ui/link-button";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <AuthLayout title="There is nothing at this address">
      <p className="text-ink-muted">
        The link may be old, or you may not be a member of its project. Nothing was changed. If someone sent
        you the link, ask them for a new one.
      </p>
      <div className="mt-6">
        <LinkButton href="/" variant="primary">
          Go to Home
        </LinkButton>
      </div>
    </AuthLayout>
  );
}
