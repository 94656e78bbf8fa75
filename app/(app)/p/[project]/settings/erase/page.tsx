import type { Metadata } from "next";
import { loadProjectPage } from "@/app/load-project-page";
import { EraseView } from "@/components/settings/erase-view";
import { NoPermission } from "@/components/ui/no-permission";

export const metadata: Metadata = { title: "Erase text" };

interface ErasePageProps {
  params: Promise<{ project: string }>;
  searchParams: Promise<{ record?: string }>;
}

export default async function ErasePage({ params, searchParams }: ErasePageProps) {
  const { actor, services, project, can } = await loadProjectPage(params);
  if (!can("project:manage"))
    return <NoPermission heading="h1" what="erase text" whoMay="An admin of this project" />;
  const { record } = await searchParams;
  return (
    <EraseView
      projectId={project.id}
      recordId={record ?? null}
      initial={services.erasure.list(actor, project.id)}
    />
  );
}
