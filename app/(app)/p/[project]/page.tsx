import type { Metadata } from "next";
import { loadProjectPage } from "@/app/load-project-page";
import { OverviewView } from "@/components/overview/overview-view";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage({ params }: { params: Promise<{ project: string }> }) {
  const { actor, services, project } = await loadProjectPage(params);
  const overview = services.overview.get(actor, project.id);
  services.overview.visit(actor, project.id, `/p/${project.id}`);
  return <OverviewView overview={overview} />;
}
