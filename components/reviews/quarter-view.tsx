import { Badge } from "@/components/ui/badge";
import { LocalTime } from "@/components/ui/local-time";
import { PageHeader } from "@/components/ui/page-header";
import { PrintButton } from "@/components/ui/print-button";
import { Table, type TableColumn } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { QuarterAct, QuarterReport } from "@/lib/contracts/quarter-report";
import { ACT_NAMES, actWords, quarterName, quarterSentence } from "@/lib/view-models/quarter-words";

interface QuarterViewProps {
  projectId: string;
  projectName: string;
  report: QuarterReport;
}

/** What was decided in a quarter, for those who answer for it; made from the history alone, and printable. */
export function QuarterView({ projectId, projectName, report }: QuarterViewProps) {
  const { quarter, quarters, acts, waiting, inProduction } = report;
  return (
    <>
      <PageHeader
        above={<TextLink href={`/p/${projectId}/reviews`}>Reviews</TextLink>}
        title={`${projectName}, ${quarterName(quarter)}`}
        sentence={quarterSentence(report)}
        secondary={<PrintButton />}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
        {quarters.length > 1 && (
          <nav aria-label="Quarters" className="flex flex-wrap gap-x-4 gap-y-1" data-print="hide">
            {quarters.map((one) =>
              one === quarter ? (
                <span key={one} aria-current="page" className="font-medium">
                  {quarterName(one)}
                </span>
              ) : (
                <TextLink key={one} href={`/p/${projectId}/reviews/quarter?quarter=${one}`}>
                  {quarterName(one)}
                </TextLink>
              ),
            )}
          </nav>
        )}
        <section aria-labelledby="decided">
          <h2 id="decided" className="mb-2 text-lg font-semibold">
            Decided
          </h2>
          {acts.length === 0 ? (
            <p className="text-ink-muted">
              Promotions, declines and rollbacks of the quarter stand here, each with who and why.
            </p>
          ) : (
            <Table
              caption="Decisions of the quarter, oldest first"
              columns={columnsOf(projectId)}
              rows={acts}
              rowKey={({ id }) => id}
            />
          )}
        </section>
        <InProduction inProduction={inProduction} />
        <p className="text-ink-muted">
          {waiting === 0
            ? "Nothing waits for a decision now."
            : `${waiting === 1 ? "1 change waits" : `${waiting} changes wait`} for a decision now.`}{" "}
          Quarters begin and end at midnight UTC. The history cannot be changed; overrides and self-approvals
          are marked for ever.
        </p>
      </div>
    </>
  );
}

function columnsOf(projectId: string): TableColumn<QuarterAct>[] {
  return [
    { key: "at", header: "When", cell: ({ at }) => <LocalTime at={at} form="full" /> },
    {
      key: "what",
      header: "What",
      isRowHeader: true,
      cell: (act) => (
        <>
          {ACT_NAMES[act.kind]}. <span dir="auto">{actWords(act)}</span>{" "}
          {act.review && (
            <TextLink href={`/p/${projectId}/reviews/${act.review.id}`}>Review {act.review.number}</TextLink>
          )}{" "}
          {act.overridden && <Badge tone="worse">round the gate</Badge>}
          {act.selfApproved && <Badge>approved by its author</Badge>}
        </>
      ),
    },
    { key: "by", header: "Who", cell: ({ by }) => <span dir="auto">{by}</span> },
    {
      key: "why",
      header: "Why, and what the evidence said",
      cell: ({ reason, evidence }) => (
        <>
          {reason !== "" && (
            <span dir="auto" className="block">
              “{reason}”
            </span>
          )}
          {evidence !== null && <span className="block text-ink-muted">{evidence}</span>}
        </>
      ),
    },
  ];
}

function InProduction({ inProduction }: Pick<QuarterReport, "inProduction">) {
  return (
    <section aria-labelledby="in-production">
      <h2 id="in-production" className="mb-2 text-lg font-semibold">
        In production now
      </h2>
      {inProduction.length === 0 ? (
        <p className="text-ink-muted">Nothing is in production.</p>
      ) : (
        <ul className="space-y-2">
          {inProduction.map(({ promptName, version, since, evidence, evidenceAge }) => (
            <li key={promptName}>
              <p>
                <span dir="auto" className="font-medium">
                  {promptName} v{version}
                </span>{" "}
                since <LocalTime at={since} form="full" />
              </p>
              <p className="text-ink-muted">
                {evidence ?? "No evidence put it there: it is the first version, or it was placed by hand."}
              </p>
              {evidenceAge !== null && <p>{evidenceAge}</p>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
