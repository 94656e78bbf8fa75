import { redirect } from "next/navigation";
import { loadProjectPage } from "@/app/load-project-page";

/** The queue that waits for this person; else the answers, where the next one is made. */
export default async function LabelIndexPage({ params }: { params: Promise<{ project: string }> }) {
  const { actor, services, project } = await loadProjectPage(params);
  const waiting = services.queues.list(actor, project.id).find(({ leftForMe }) => leftForMe > 0);
  redirect(waiting ? `/p/${project.id}/label/${waiting.id}` : `/p/${project.id}/answers`);
}
