import type { Metadata } from "next";
import { loadProjectPage } from "@/app/load-project-page";
import { CreateJudgeView } from "@/components/judge/create-judge-view";
import { JudgeView } from "@/components/judge/judge-view";

export const metadata: Metadata = { title: "Judge" };

interface JudgePageProps {
  params: Promise<{ project: string }>;
  searchParams: Promise<{ judge?: string; new?: string }>;
}

export default async function JudgePage({ params, searchParams }: JudgePageProps) {
  const { actor, services, project, can } = await loadProjectPage(params);
  const { judge, new: isNew } = await searchParams;
  services.overview.visit(actor, project.id, `/p/${project.id}/judge`);
  const rights = { mayDraft: can("judges:draft"), mayUse: can("judges:use") };
  const judges = services.judges.list(actor, project.id).map(({ id, name }) => ({ id, name }));
  const page = isNew ? null : services.judgePages.judge(actor, project.id, judge ?? null);
  const shared = { projectId: project.id, isSimulated: project.simulated, ...rights };
  if (page === null) return <CreateJudgeView {...shared} isFirst={judges.length === 0} />;
  const noise = services.judgeChecks.latestNoise(actor, page.judge.id);
  return <JudgeView key={page.judge.id} {...shared} page={page} judges={judges} noise={noise} />;
}
