import type { Metadata } from "next";
import { loadProjectPage } from "@/app/load-project-page";
import { QuarterView } from "@/components/reviews/quarter-view";
import { quarterSchema } from "@/lib/contracts/quarter-report";

export const metadata: Metadata = { title: "Quarter" };

interface QuarterPageProps {
  params: Promise<{ project: string }>;
  searchParams: Promise<{ quarter?: string | string[] }>;
}

export default async function QuarterPage({ params, searchParams }: QuarterPageProps) {
  const { actor, services, project } = await loadProjectPage(params);
  const wanted = quarterSchema.safeParse((await searchParams).quarter);
  const report = services.reviews.quarter(actor, project.id, wanted.data);
  return <QuarterView projectId={project.id} projectName={project.name} report={report} />;
}
