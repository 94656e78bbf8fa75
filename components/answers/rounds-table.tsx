import { Card } from "@/components/ui/card";
import { Mark } from "@/components/ui/mark";
import { Table, type TableColumn } from "@/components/ui/table";
import { Term } from "@/components/ui/term";
import { TextLink } from "@/components/ui/text-link";
import type { EvaluationView } from "@/lib/contracts/evaluations";
import { goodEnoughWords, stateWords } from "@/lib/view-models/answer-words";
import { DateWords } from "./date-words";

interface RoundsTableProps {
  projectId: string;
  rounds: readonly EvaluationView[];
}

/** Rounds, newest first: prompt, model, when, grades, what could not be scored. */
export function RoundsTable({ projectId, rounds }: RoundsTableProps) {
  if (rounds.length === 0) return null;
  return (
    <Card title="Rounds" isFlush>
      <Table
        caption="Rounds of answers, newest first"
        columns={columnsOf(projectId)}
        rows={rounds}
        rowKey={({ id }) => id}
        className="pt-1"
      />
    </Card>
  );
}

function columnsOf(projectId: string): TableColumn<EvaluationView>[] {
  return [
    {
      key: "round",
      header: "Round",
      isRowHeader: true,
      cell: ({ id, number, state }) => (
        <>
          <TextLink href={`/p/${projectId}/answers/${id}`}>Round {number}</TextLink>
          {state !== "done" && <span className="ms-2 text-ink-muted">{stateWords({ state })}</span>}
        </>
      ),
    },
    {
      key: "prompt",
      header: "Prompt",
      cell: ({ promptVersion }) => (promptVersion === null ? "not known" : `v${promptVersion}`),
    },
    { key: "model", header: "Model", cell: ({ model }) => model },
    { key: "when", header: "When", cell: ({ createdAt }) => <DateWords at={createdAt} /> },
    {
      key: "answers",
      header: "Answers",
      isNumeric: true,
      cell: ({ answered, total }) => (answered === total ? answered : `${answered} of ${total}`),
    },
    { key: "grade", header: "Grade, mean", isNumeric: true, cell: ({ meanShown }) => meanShown ?? "–" },
    {
      key: "good",
      header: <Term code="good-enough">Good enough</Term>,
      listLabel: "Good enough",
      isNumeric: true,
      cell: goodEnoughWords,
    },
    {
      key: "unscored",
      header: <Term code="failed-rollout">Could not be scored</Term>,
      listLabel: "Could not be scored",
      isNumeric: true,
      cell: ({ couldNotBeScored }) =>
        couldNotBeScored === 0 ? (
          0
        ) : (
          <>
            <Mark kind="warning" isDecoration /> {couldNotBeScored}
          </>
        ),
    },
  ];
}
