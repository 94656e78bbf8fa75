import type { Metadata } from "next";
import { loadProjectPage } from "@/app/load-project-page";
import { RunsView } from "@/components/runs/runs-view";

export const metadata: Metadata = { title: "Runs" };

export default async function RunsPage({ params }: { params: Promise<{ project: string }> }) {
  const { actor, services, project, can } = await loadProjectPage(params);
  services.overview.visit(actor, project.id, `/p/${project.id}/runs`);
  return (
    <RunsView
      projectId={project.id}
      isSimulated={project.simulated}
      canStart={can("runs:write")}
      initial={services.runs.list(actor, project.id)}
    />
  );
}
