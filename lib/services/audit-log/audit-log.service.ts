import "server-only";
import type { AuditEntry } from "@/db/repos/audit.repo";
import {
  type AuditEntryView,
  type AuditExportQuery,
  type AuditFilter,
  type AuditPage,
  type AuditQuery,
  auditWords,
} from "@/lib/contracts/audit";
import type { Actor } from "@/lib/contracts/permissions";
import { authorize, authorizeServerAdmin } from "../authorize";
import { guardCell } from "../records/csv-cells";
import type { ServiceDeps } from "../service-deps";

const DAY_MS = 86_400_000;
const HEAD = ["at", "who", "who_id", "did", "act", "subject_type", "subject_id", "project", "details"];

/** Reading the audit log: of a project, or with null of the whole server. Nobody can change it. */
export function createAuditLogService(deps: Pick<ServiceDeps, "repos" | "now">) {
  const { repos } = deps;
  const check = (actor: Actor, projectId: string | null): void =>
    projectId === null ? authorizeServerAdmin(actor) : authorize(actor, "project:manage", projectId);
  return {
    list(actor: Actor, projectId: string | null, query: AuditQuery): AuditPage {
      check(actor, projectId);
      const where = whereOf(projectId, query);
      const rows = repos.audit.search(where, { limit: query.limit + 1, before: query.cursor });
      const items = rows.slice(0, query.limit);
      return {
        items: items.map((entry) => viewOf(deps, entry)),
        nextCursor: rows.length > items.length ? (items.at(-1)?.id ?? null) : null,
        total: repos.audit.count(where),
        actions: repos.audit.actions(projectId),
      };
    },

    /** All pages of a filter, oldest first, as a file. */
    exportFile(actor: Actor, projectId: string | null, { format, ...filter }: AuditExportQuery) {
      check(actor, projectId);
      const entries = repos.audit
        .search(whereOf(projectId, filter), { limit: -1 })
        .reverse()
        .map((entry) => viewOf(deps, entry));
      const name = `audit-${new Date(deps.now()).toISOString().slice(0, 10)}.${format}`;
      return format === "csv"
        ? { name, type: "text/csv; charset=utf-8", text: asCsv(entries) }
        : {
            name,
            type: "application/jsonl; charset=utf-8",
            text: entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""),
          };
    },
  };
}

function whereOf(projectId: string | null, filter: AuditFilter) {
  const { who, action, subject, from, to } = filter;
  return {
    projectId: projectId ?? filter.projectId,
    who,
    action,
    subject,
    from: from === undefined ? undefined : Date.parse(`${from}T00:00:00Z`),
    // the whole of the last day
    until: to === undefined ? undefined : Date.parse(`${to}T00:00:00Z`) + DAY_MS,
  };
}

function viewOf({ repos }: Pick<ServiceDeps, "repos">, { createdAt, ...entry }: AuditEntry): AuditEntryView {
  const project = entry.projectId === null ? null : repos.projects.byId(entry.projectId);
  return { ...entry, projectName: project?.name ?? null, at: createdAt };
}

function asCsv(entries: readonly AuditEntryView[]): string {
  const rows = entries.map((one) => [
    new Date(one.at).toISOString(),
    one.actorName,
    one.actorId,
    auditWords(one.action),
    one.action,
    one.subjectType,
    one.subjectId,
    one.projectName ?? one.projectId ?? "",
    one.details === null ? "" : JSON.stringify(one.details),
  ]);
  return [HEAD, ...rows].map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("");
}

function quoted(cell: string): string {
  return `"${guardCell(cell).replaceAll('"', '""')}"`;
}
