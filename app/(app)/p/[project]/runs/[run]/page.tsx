import type { Metadata } from "next";
import { loadProjectPage, orNotFound } from "@/app/load-project-page";
import { RunView } from "@/components/runs/run-view";
import { packRunSnapshot } from "@/lib/contracts/run-matrix";

export const metadata: Metadata = { title: "Run" };

export default async function RunPage({ params }: { params: Promise<{ project: string; run: string }> }) {
  const { actor, services, project, can } = await loadProjectPage(params);
  const { run: runId } = await params;
  const run = packRunSnapshot(orNotFound(() => services.runs.get(actor, runId)));
  services.overview.visit(actor, project.id, `/p/${project.id}/runs/${runId}`);
  return <RunView initial={run} canSteer={can("runs:write")} canReview={can("reviews:write")} />;
}
