import type { Metadata } from "next";
import { loadSignedInPage } from "@/app/load-project-page";
import { readAuditFilter } from "@/app/read-audit-filter";
import { AuditView } from "@/components/audit/audit-view";
import { ServerFrame } from "../server-frame";

export const metadata: Metadata = { title: "Audit log" };

interface AuditPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ServerAuditPage({ searchParams }: AuditPageProps) {
  const { actor, services } = await loadSignedInPage();
  const { cursor, limit, ...filter } = readAuditFilter(await searchParams);
  return (
    <ServerFrame actor={actor} what="read the audit log">
      {() => (
        <AuditView
          path="/server/audit"
          exportPath="/api/v1/server/audit/export"
          back={{ href: "/server", label: "This server" }}
          page={services.auditLog.list(actor, null, { ...filter, cursor, limit })}
          filter={filter}
          showsProjects
        />
      )}
    </ServerFrame>
  );
}
