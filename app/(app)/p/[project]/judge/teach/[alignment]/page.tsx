import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { loadProjectPage, orNotFound } from "@/app/load-project-page";
import { TeachingView } from "@/components/judge/teaching-view";

export const metadata: Metadata = { title: "Teaching the judge" };

interface TeachingPageProps {
  params: Promise<{ project: string; alignment: string }>;
}

export default async function TeachingPage({ params }: TeachingPageProps) {
  const { actor, services, project, can } = await loadProjectPage(params);
  const { alignment } = await params;
  const page = orNotFound(() => services.judgePages.teaching(actor, alignment));
  if (page.judge.projectId !== project.id) notFound();
  const rights = {
    mayDraft: can("judges:draft"),
    mayUse: can("judges:use"),
    mayLabel: can("labels:write"),
    mayRun: can("runs:write"),
  };
  return <TeachingView page={page} projectId={project.id} {...rights} />;
}
