import type { Metadata } from "next";
import { loadSignedInPage } from "@/app/load-project-page";
import { readAuditFilter } from "@/app/read-audit-filter";
import { AuditView } from "@/components/audit/audit-view";
import { AppShell } from "@/components/shell/app-shell";
import { NoPermission } from "@/components/ui/no-permission";

export const metadata: Metadata = { title: "Audit log" };

interface AuditPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ServerAuditPage({ searchParams }: AuditPageProps) {
  const { actor, services } = await loadSignedInPage();
  const { name, isServerAdmin } = actor;
  const { cursor, limit, ...filter } = readAuditFilter(await searchParams);
  return (
    <AppShell
      nav={{
        role: "expert",
        items: [{ key: "home", href: "/", label: "Home" }],
        user: { name, isServerAdmin },
      }}
    >
      {isServerAdmin ? (
        <AuditView
          path="/server/audit"
          exportPath="/api/v1/server/audit/export"
          back={{ href: "/server", label: "This server" }}
          page={services.auditLog.list(actor, null, { ...filter, cursor, limit })}
          filter={filter}
          showsProjects
        />
      ) : (
        <NoPermission heading="h1" what="read the audit log" whoMay="An admin of this server" />
      )}
    </AppShell>
  );
}
