import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { Table, type TableColumn } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { ProjectView } from "@/lib/contracts/projects";
import type { SpendMonth } from "@/lib/contracts/spend";
import {
  assumedSentence,
  monthInWords,
  purposeInWords,
  spendSentence,
  usd,
} from "@/lib/view-models/spend-words";
import { SpendCapForm } from "./spend-cap-form";

interface SpendViewProps {
  project: ProjectView;
  spend: SpendMonth;
  /** Whether this person may set the cap. */
  mayCap: boolean;
}

/** What the project's model calls cost in a month, what for, and the cap that they cannot pass. */
export function SpendView({ project, spend, mayCap }: SpendViewProps) {
  const { month, months, total, byPurpose, byModel, byDay, capUsd, parked } = spend;
  const path = `/p/${project.id}/settings/spend`;
  return (
    <>
      <PageHeader
        above={<TextLink href={`/p/${project.id}/settings`}>Settings</TextLink>}
        title={`Spend in ${monthInWords(month)}`}
        sentence={spendSentence(spend)}
        isSimulated={project.simulated}
      />
      <div className="space-y-6">
        {parked.length > 0 && (
          <Callout title="The cap is used up" tone="warning">
            {parked.map(({ name }) => name).join(", ")}: nothing is lost. Raise the cap and the work goes on
            by itself, or press Resume next month.
          </Callout>
        )}
        <Card title="Cap for a month" id="cap">
          {mayCap ? (
            <SpendCapForm project={project} capUsd={capUsd} />
          ) : (
            <p>
              {capUsd === null ? "There is no cap." : `The cap is ${usd(capUsd)}.`} An admin of the project
              sets it.
            </p>
          )}
        </Card>
        {total.calls > 0 && (
          <>
            <Card title="What for" isFlush>
              <Table
                caption="Calls by purpose"
                columns={[{ ...NAME, header: "Purpose", cell: purposeInWords }, ...FIGURES]}
                rows={byPurpose}
                rowKey={({ kind, role }) => `${kind}:${role}`}
              />
            </Card>
            <Card title="Which models" isFlush>
              <Table
                caption="Calls by model"
                columns={[
                  {
                    ...NAME,
                    header: "Model",
                    cell: ({ connection, model, simulated }) =>
                      `${model}, ${connection}${simulated ? " (simulated, free)" : ""}`,
                  },
                  ...FIGURES,
                ]}
                rows={byModel}
                rowKey={({ connection, model, simulated }) => `${connection}:${model}:${simulated}`}
              />
            </Card>
          </>
        )}
        {byDay.length > 0 && (
          <Card title="Day by day (UTC)" isFlush>
            <Table
              caption="Spend by day"
              columns={[
                { ...NAME, header: "Day", cell: ({ day }) => day },
                { key: "usd", header: "Spend", isNumeric: true, cell: (row) => usd(row.usd) },
              ]}
              rows={byDay}
              rowKey={({ day }) => day}
            />
          </Card>
        )}
        <nav aria-label="Months" className="flex flex-wrap gap-x-6 gap-y-2">
          {months.map((one) =>
            one === month ? (
              <span key={one} aria-current="page" className="font-medium">
                {monthInWords(one)}
              </span>
            ) : (
              <TextLink key={one} href={`${path}?month=${one}`}>
                {monthInWords(one)}
              </TextLink>
            ),
          )}
        </nav>
        <p className="measure text-sm text-ink-muted">
          Prices are those of the connection when the call was made. {assumedSentence(spend)} Of questions
          that are tried and tests of your agent the cost is kept, and nothing of what was said. Not in here:
          tests of a connection, which belong to no project, and what an endpoint charges for refusals.
        </p>
      </div>
    </>
  );
}

const NAME = { key: "name", isRowHeader: true } as const;

type Line = SpendMonth["total"];
const FIGURES: TableColumn<Line>[] = [
  { key: "usd", header: "Spend", isNumeric: true, cell: (row) => usd(row.usd) },
  { key: "calls", header: "Calls", isNumeric: true, cell: (row) => row.calls },
  { key: "unpriced", header: "Price not known", isNumeric: true, cell: (row) => row.unpriced || "–" },
  {
    key: "tokens",
    header: "Tokens in / out",
    isNumeric: true,
    cell: (row) => `${row.inputTokens.toLocaleString("en")} / ${row.outputTokens.toLocaleString("en")}`,
  },
];
