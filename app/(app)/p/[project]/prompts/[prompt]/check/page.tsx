import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { loadProjectPage, orNotFound } from "@/app/load-project-page";
import { CheckView } from "@/components/prompts/check-view";

export const metadata: Metadata = { title: "Check it again" };

interface CheckPageProps {
  params: Promise<{ project: string; prompt: string }>;
}

export default async function CheckPage({ params }: CheckPageProps) {
  const { actor, services, project, can } = await loadProjectPage(params);
  const name = decodeURIComponent((await params).prompt);
  const isOurs = services.prompts.list(actor, project.id).some((prompt) => prompt.name === name);
  if (!isOurs) notFound();
  const page = orNotFound(() => services.promptChecks.get(actor, name));
  return <CheckView projectId={project.id} initial={page} mayCheck={can("reviews:write")} />;
}
