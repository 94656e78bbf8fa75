import type { Metadata } from "next";
import { loadProjectPage, orNotFound } from "@/app/load-project-page";
import { LaunchView } from "@/components/runs/launch-view";
import { NoPermission } from "@/components/ui/no-permission";
import { draftFromRun, prepareDraft, prepareInput } from "@/lib/view-models/run-launch";

export const metadata: Metadata = { title: "Start a run" };

interface LaunchPageProps {
  params: Promise<{ project: string }>;
  searchParams: Promise<{ answers?: string | string[]; from?: string | string[] }>;
}

export default async function LaunchPage({ params, searchParams }: LaunchPageProps) {
  const { actor, services, project, can } = await loadProjectPage(params);
  if (!can("runs:write"))
    return <NoPermission what="start a run" whoMay="An engineer or an admin of this project" />;
  services.overview.visit(actor, project.id, `/p/${project.id}/runs/new`);
  const { answers, from } = await searchParams;
  const asked = Number.isInteger(Number(answers)) && Number(answers) > 0 ? Number(answers) : null;
  const options = services.runs.launchOptions(actor, project.id);
  const cloned = typeof from === "string" ? orNotFound(() => services.runs.get(actor, from)) : null;
  const draft = cloned ? draftFromRun(options, cloned) : prepareDraft(options, asked);
  const isReady = options.prompts.length > 0 && options.judges.length > 0;
  return (
    <LaunchView
      projectId={project.id}
      isSimulated={project.simulated}
      options={options}
      draft={draft}
      clonedFrom={cloned?.number ?? null}
      initial={isReady ? services.runs.preflight(actor, project.id, prepareInput(draft)) : null}
    />
  );
}
