import "server-only";
import { loadProjectPage, orNotFound, type ProjectPage } from "@/app/load-project-page";
import type { RecordsViewProps } from "@/components/records/records-view";
import { readRecordFilters } from "@/lib/view-models/record-filters";

const ROWS = 100;
/** With more records than this the page does not wait for readiness. */
const MEASURED_AT_ONCE = 2_000;

type Search = Promise<Record<string, string | string[] | undefined>>;

/** Everything the list of records shows first, and the record that the address names. */
export async function loadRecords(
  params: Promise<{ project: string; record?: string }>,
  searchParams: Search,
): Promise<{ page: ProjectPage; props: RecordsViewProps }> {
  const page = await loadProjectPage(params);
  const { actor, services, project } = page;
  const { record: recordId } = await params;
  const filters = readRecordFilters(await searchParams);
  const query = { archived: false, sort: "created", limit: ROWS, ...filters } as const;
  const list = services.records.list(actor, project.id, query);
  const { total } = services.records.counts(actor, project.id);
  const record =
    recordId === undefined || recordId === "new"
      ? null
      : orNotFound(() => services.records.get(actor, recordId));
  const props: RecordsViewProps = {
    projectId: project.id,
    isSimulated: project.simulated,
    canWrite: page.can("records:write"),
    initial: {
      filters,
      list,
      tags: services.records.tags(actor, project.id),
      readiness: total > MEASURED_AT_ONCE ? null : services.sets.readiness(actor, project.id),
      record,
      importing: page.can("records:write") ? services.imports.open(actor, project.id) : null,
    },
  };
  return { page, props };
}
