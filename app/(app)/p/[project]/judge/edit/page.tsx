import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { loadProjectPage } from "@/app/load-project-page";
import { JudgeBuilderView } from "@/components/judge/judge-builder-view";
import { NoPermission } from "@/components/ui/no-permission";

export const metadata: Metadata = { title: "Edit the judge" };

interface EditJudgePageProps {
  params: Promise<{ project: string }>;
  searchParams: Promise<{ judge?: string }>;
}

export default async function EditJudgePage({ params, searchParams }: EditJudgePageProps) {
  const { actor, services, project, can } = await loadProjectPage(params);
  const { judge } = await searchParams;
  const page = services.judgePages.judge(actor, project.id, judge ?? null);
  if (page === null || page.judge.kind === "rule") notFound();
  if (!can("judges:draft"))
    return <NoPermission what="edit the judge" whoMay="An expert or an engineer of this project" />;
  return (
    <JudgeBuilderView
      key={page.shown.version.id}
      judge={page.judge}
      version={page.shown.version}
      projectId={project.id}
      isSimulated={project.simulated}
    />
  );
}
