import type { Metadata } from "next";
import { loadProjectPage } from "@/app/load-project-page";
import { PromptsView } from "@/components/prompts/prompts-view";

export const metadata: Metadata = { title: "Prompts" };

export default async function PromptsPage({ params }: { params: Promise<{ project: string }> }) {
  const { actor, services, project, can } = await loadProjectPage(params);
  const may = {
    rollBack: can("prompts:promote"),
    edit: can("reviews:write"),
    ask: can("answers:create"),
    save: can("records:write"),
  };
  return (
    <PromptsView
      projectId={project.id}
      isSimulated={project.simulated}
      initial={services.prompts.list(actor, project.id)}
      may={may}
    />
  );
}
