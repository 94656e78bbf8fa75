import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { AuthLayout } from "@/components/shell/auth-layout";
import { SignOutButton } from "@/components/shell/sign-out-button";
import { LinkButton } from "@/components/ui/link-button";
import { getServices } from "@/lib/services/container";

export const metadata: Metadata = { title: "Thank you" };

/** Where somebody with a personal link is when they leave their queue. */
export default async function ThanksPage() {
  const { auth, queues } = getServices();
  const actor = await auth.actorOf(await headers());
  if (actor?.kind !== "user") redirect("/sign-in");
  if (!actor.confinedTo) redirect("/");
  const { projectId, queueId } = actor.confinedTo;
  const { doneByMe, leftForMe } = queues.get(actor, queueId);
  return (
    <AuthLayout title={`Thank you, ${actor.name}.`}>
      <p>
        You have labelled {doneByMe} {doneByMe === 1 ? "answer" : "answers"}; all are saved.{" "}
        {leftForMe === 0 ? "None is left for you." : `${leftForMe} more can wait until you have time.`}
      </p>
      <div className="mt-5 flex flex-wrap gap-2">
        {leftForMe > 0 && (
          <LinkButton href={`/p/${projectId}/label/${queueId}`} variant="primary">
            Go on labelling
          </LinkButton>
        )}
        <SignOutButton label="I am done on this device" />
      </div>
      <p className="mt-4 text-ink-muted">
        Your link worked once, for this device: after “done” you would need a new one.
      </p>
    </AuthLayout>
  );
}
