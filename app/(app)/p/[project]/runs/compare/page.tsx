import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { loadProjectPage, orNotFound } from "@/app/load-project-page";
import { CompareView } from "@/components/runs/compare-view";

export const metadata: Metadata = { title: "Two runs" };

interface ComparePageProps {
  params: Promise<{ project: string }>;
  searchParams: Promise<{ left?: string | string[]; right?: string | string[] }>;
}

export default async function ComparePage({ params, searchParams }: ComparePageProps) {
  const { actor, services, project } = await loadProjectPage(params);
  const { left, right } = await searchParams;
  if (typeof left !== "string" || typeof right !== "string") notFound();
  const comparison = orNotFound(() => services.runs.compare(actor, left, right));
  return <CompareView projectId={project.id} comparison={comparison} />;
}
