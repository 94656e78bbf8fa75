import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { loadProjectPage, orNotFound } from "@/app/load-project-page";
import { StandardChangePageView } from "@/components/judge/standard-change-view";
import { NoPermission } from "@/components/ui/no-permission";

export const metadata: Metadata = { title: "Our standard changed" };

interface StandardPageProps {
  params: Promise<{ project: string }>;
  searchParams: Promise<{ judge?: string }>;
}

export default async function StandardPage({ params, searchParams }: StandardPageProps) {
  const { actor, services, project, can } = await loadProjectPage(params);
  const { judge: judgeId = "" } = await searchParams;
  const judge = orNotFound(() => services.judges.get(actor, judgeId));
  if (judge.projectId !== project.id) notFound();
  if (!can("judges:draft"))
    return <NoPermission what="change the standard" whoMay="An expert or an engineer of this project" />;
  return (
    <StandardChangePageView
      judge={judge}
      projectId={project.id}
      changes={services.standards.list(actor, judge.id)}
      today={new Date().toISOString().slice(0, 10)}
    />
  );
}
