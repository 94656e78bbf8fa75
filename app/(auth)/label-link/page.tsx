import type { Metadata } from "next";
import { OpenLinkForm } from "@/components/auth/open-link-form";
import { AuthLayout } from "@/components/shell/auth-layout";
import { getServices } from "@/lib/services/container";

export const metadata: Metadata = { title: "Label" };

interface LabelLinkPageProps {
  searchParams: Promise<{ token?: string | string[] }>;
}

/** Behind a personal link. Only the button uses it up: messengers and mail scanners look at links too. */
export default async function LabelLinkPage({ searchParams }: LabelLinkPageProps) {
  const { token } = await searchParams;
  const found = typeof token === "string" ? getServices().personalLinks.peek(token) : null;
  if (!found || typeof token !== "string") {
    return (
      <AuthLayout title="This link no longer works.">
        <p>
          It was opened before, was taken back, or is too old. A link works once, on one device. Ask whoever
          sent it for a new one: what you have labelled is kept.
        </p>
      </AuthLayout>
    );
  }
  return (
    <AuthLayout title={`Hello, ${found.personName}`}>
      <p>
        {found.waiting === 0
          ? `Nothing waits for you in “${found.projectName}” now.`
          : `${found.waiting} ${found.waiting === 1 ? "answer waits" : "answers wait"} for you in “${found.projectName}”: about ${minutes(found.waiting)}. You give each a grade and say why.`}
      </p>
      <p className="mt-2 text-ink-muted">
        Your labels teach the judge; they are no test of you. You can stop at any time, and come back on this
        device.
      </p>
      <OpenLinkForm token={token} />
    </AuthLayout>
  );
}

/** Three quarters of a minute an answer, as on the label page. */
function minutes(answers: number): string {
  const count = Math.max(1, Math.round(answers * 0.75));
  return `${count} ${count === 1 ? "minute" : "minutes"}`;
}
