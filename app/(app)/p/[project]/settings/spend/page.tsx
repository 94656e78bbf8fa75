import type { Metadata } from "next";
import { loadProjectPage } from "@/app/load-project-page";
import { SpendView } from "@/components/settings/spend-view";
import { spendQuerySchema } from "@/lib/contracts/spend";

export const metadata: Metadata = { title: "Spend" };

interface SpendPageProps {
  params: Promise<{ project: string }>;
  searchParams: Promise<{ month?: string }>;
}

export default async function SpendPage({ params, searchParams }: SpendPageProps) {
  const { actor, services, project, can } = await loadProjectPage(params);
  const month = spendQuerySchema.safeParse(await searchParams).data?.month;
  return (
    <SpendView
      project={project}
      spend={services.spend.month(actor, project.id, month)}
      mayCap={can("project:manage")}
    />
  );
}
