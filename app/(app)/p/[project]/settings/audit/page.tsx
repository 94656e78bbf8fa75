import type { Metadata } from "next";
import { loadProjectPage } from "@/app/load-project-page";
import { readAuditFilter } from "@/app/read-audit-filter";
import { AuditView } from "@/components/audit/audit-view";
import { NoPermission } from "@/components/ui/no-permission";

export const metadata: Metadata = { title: "Audit log" };

interface AuditPageProps {
  params: Promise<{ project: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ProjectAuditPage({ params, searchParams }: AuditPageProps) {
  const { actor, services, project, can } = await loadProjectPage(params);
  if (!can("project:manage"))
    return <NoPermission heading="h1" what="read the audit log" whoMay="An admin of this project" />;
  const { cursor, limit, ...filter } = readAuditFilter(await searchParams);
  return (
    <AuditView
      path={`/p/${project.id}/settings/audit`}
      exportPath={`/api/v1/projects/${project.id}/audit/export`}
      back={{ href: `/p/${project.id}/settings`, label: "Settings" }}
      page={services.auditLog.list(actor, project.id, { ...filter, cursor, limit })}
      filter={filter}
      showsProjects={false}
    />
  );
}
