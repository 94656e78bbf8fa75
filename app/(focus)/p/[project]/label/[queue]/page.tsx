import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { loadProjectPage, orNotFound } from "@/app/load-project-page";
import { FocusLayout } from "@/components/shell/focus-layout";
import { LinkButton } from "@/components/ui/link-button";
import { NoPermission } from "@/components/ui/no-permission";
import { LabelScreen } from "./label-screen";

export const metadata: Metadata = { title: "Label" };

interface LabelPageProps {
  params: Promise<{ project: string; queue: string }>;
}

export default async function LabelPage({ params }: LabelPageProps) {
  const { queue } = await params;
  const { actor, services, project, can } = await loadProjectPage(params, queue);
  const sheet = orNotFound(() => services.queues.sheet(actor, queue));
  if (sheet.queue.projectId !== project.id) notFound();
  const answers = `/p/${project.id}/answers`;
  if (!can("labels:write")) {
    return (
      <FocusLayout progress="Label" leaveHref={answers} label="Label" isSimulated={project.simulated}>
        <NoPermission
          heading="h1"
          what="label answers"
          whoMay="Experts, lead experts and engineers of this project"
          action={<LinkButton href={answers}>See the answers</LinkButton>}
        />
      </FocusLayout>
    );
  }
  const firstItem = services.queues.next(actor, queue, { after: null, not: [] });
  return (
    <LabelScreen
      key={queue}
      projectId={project.id}
      userId={actor.userId}
      isSimulated={project.simulated}
      sheet={sheet}
      firstItem={firstItem}
    />
  );
}
