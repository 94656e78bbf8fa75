import { EmptyState } from "@/components/ui/empty-state";
import { LocalTime } from "@/components/ui/local-time";
import { PageHeader } from "@/components/ui/page-header";
import { Table, type TableColumn } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { type AuditEntryView, type AuditFilter, type AuditPage, auditWords } from "@/lib/contracts/audit";
import { auditHref, detailsInWords } from "@/lib/view-models/audit-words";
import { AuditFilterForm } from "./audit-filter-form";

interface AuditViewProps {
  /** Where the page is, and where its files come from. */
  path: string;
  exportPath: string;
  back: { href: string; label: string };
  page: AuditPage;
  filter: AuditFilter;
  /** The log of the whole server names the project of each act. */
  showsProjects: boolean;
}

/** Who did what, newest first. Filter and pages are addresses, so a view of it can be sent on. */
export function AuditView({ path, exportPath, back, page, filter, showsProjects }: AuditViewProps) {
  const { items, total, nextCursor, actions } = page;
  return (
    <>
      <PageHeader
        above={<TextLink href={back.href}>{back.label}</TextLink>}
        title="Audit log"
        sentence={
          total === 1 ? "One act, as it was written down." : `${total} acts, as they were written down.`
        }
        secondary={
          total > 0 && (
            <>
              <a
                className="text-accent underline underline-offset-4"
                href={auditHref(exportPath, filter, { format: "csv" })}
                download
              >
                CSV
              </a>
              <a
                className="text-accent underline underline-offset-4"
                href={auditHref(exportPath, filter, { format: "jsonl" })}
                download
              >
                JSON lines
              </a>
            </>
          )
        }
      />
      <AuditFilterForm path={path} filter={filter} actions={actions} />
      {items.length === 0 ? (
        <EmptyState title="Nobody did this" heading="h2">
          No act fits the filter. Take a part of it away.
        </EmptyState>
      ) : (
        <Table
          caption="Acts, newest first"
          columns={columnsOf(showsProjects)}
          rows={items}
          rowKey={({ id }) => id}
        />
      )}
      <nav aria-label="Pages" className="mt-4 flex gap-6">
        {nextCursor && <TextLink href={auditHref(path, filter, { cursor: nextCursor })}>Older acts</TextLink>}
        <TextLink href={auditHref(path, filter, {})}>Newest</TextLink>
      </nav>
    </>
  );
}

function columnsOf(showsProjects: boolean): TableColumn<AuditEntryView>[] {
  return [
    { key: "at", header: "When", cell: ({ at }) => <LocalTime at={at} form="full" />, className: "w-56" },
    {
      key: "who",
      header: "Who did what",
      isRowHeader: true,
      cell: ({ actorName, action }) => (
        <>
          <span className="font-medium">{actorName}</span> {auditWords(action)}
        </>
      ),
    },
    ...(showsProjects
      ? [
          {
            key: "project",
            header: "Project",
            cell: ({ projectName, projectId }: AuditEntryView) => projectName ?? projectId ?? "the server",
          },
        ]
      : []),
    {
      key: "subject",
      header: "To what",
      cell: ({ subjectId }) => <code className="font-mono text-xs break-all">{subjectId}</code>,
    },
    {
      key: "details",
      header: "Details",
      cell: ({ details }) => (
        <span dir="auto" className="text-sm text-ink-muted wrap-anywhere">
          {detailsInWords(details)}
        </span>
      ),
    },
  ];
}
