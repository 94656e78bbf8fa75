import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { loadProjectPage, orNotFound } from "@/app/load-project-page";
import { CompareVersionsView } from "@/components/judge/compare-versions-view";

export const metadata: Metadata = { title: "The ruler changed" };

interface ComparePageProps {
  params: Promise<{ project: string }>;
  searchParams: Promise<{ judge?: string; before?: string; after?: string }>;
}

export default async function ComparePage({ params, searchParams }: ComparePageProps) {
  const { actor, services, project, can } = await loadProjectPage(params);
  const { judge: judgeId = "", before = "", after = "" } = await searchParams;
  const comparison = orNotFound(() => services.judgeChecks.compare(actor, judgeId, { before, after }));
  const judge = services.judges.get(actor, judgeId);
  if (judge.projectId !== project.id) notFound();
  return (
    <CompareVersionsView
      judge={judge}
      comparison={comparison}
      projectId={project.id}
      mayDraft={can("judges:draft")}
    />
  );
}
