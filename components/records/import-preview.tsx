"use client";

import { useState } from "react";
import { buttonClass } from "@/components/ui/button-styles";
import { Callout } from "@/components/ui/callout";
import { Disclosure } from "@/components/ui/disclosure";

import { Mark } from "@/components/ui/mark";
import { Table } from "@/components/ui/table";
import type { ImportColumn, ImportLine, ImportPreview } from "@/lib/contracts/record-imports";
import { rejectedHref } from "@/lib/queries/record-files";
import { prepareImportSentences } from "@/lib/view-models/record-import";
import { ImportColumns } from "./import-columns";

const SHOWN = 200;

const OUTCOMES: Readonly<Record<ImportLine["outcome"], string>> = {
  new: "new",
  changed: "changed",
  duplicate: "here already",
  invalid: "cannot be used",
};

interface ImportPreviewProps {
  projectId: string;
  preview: ImportPreview;
  /** Of the columns, what was said and not read yet; null = the preview is of what was said. */
  chosen: readonly ImportColumn[] | null;
  onColumns: (columns: ImportColumn[]) => void;
}

/** What an import would do: in sentences, then the lines that need eyes, then the rest. */
export function ImportPreviewView({ projectId, preview, chosen, onColumns }: ImportPreviewProps) {
  const { lines, columns, needsColumns, importId, counts } = preview;
  // opened for a question, it stays open while one column after the other is told
  const [isOpenAtFirst] = useState(needsColumns);
  const rejected = lines.filter(({ outcome }) => outcome === "invalid");
  const noticed = lines.filter(({ notice }) => notice !== null);
  const plain = lines.filter(({ outcome, notice }) => outcome !== "invalid" && notice === null);
  return (
    <div className="space-y-5">
      <div role="status">
        {needsColumns ? (
          <Callout tone="warning">
            No column is called question. Say below which one it is; nothing was read yet.
          </Callout>
        ) : (
          <ul className="measure list-disc space-y-1 ps-5 text-base">
            {prepareImportSentences(preview).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
      </div>
      {columns && (
        <Disclosure summary="Columns, and what each is read as" defaultOpen={isOpenAtFirst}>
          <ImportColumns columns={chosen ?? columns} onChange={onColumns} />
        </Disclosure>
      )}
      <RejectedLines lines={rejected} total={counts.invalid} href={rejectedHref(projectId, importId)} />
      {noticed.length > 0 && <Lines title="To look at first" lines={noticed} note={(line) => line.notice} />}
      {plain.length > 0 && (
        <Lines
          title={plain.length === 1 ? "A line that is fine" : `The first ${plain.length} lines that are fine`}
          lines={plain}
          note={(line) => OUTCOMES[line.outcome]}
        />
      )}
    </div>
  );
}

interface RejectedLinesProps {
  lines: readonly ImportLine[];
  total: number;
  href: string;
}

/** Lines that were left out, each with its reason, and as a file to mend and import again. */
export function RejectedLines({ lines, total, href }: RejectedLinesProps) {
  if (total === 0) return null;
  return (
    <section className="space-y-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-medium">
          <Mark kind="warning" isDecoration /> {total.toLocaleString("en")} cannot be used
        </h3>
        <a href={href} download className={buttonClass("secondary", "sm")}>
          Save these lines, with the reasons
        </a>
      </div>
      <LinesTable
        caption="Lines that cannot be used"
        lines={lines}
        total={total}
        note={(line) => line.problem}
      />
    </section>
  );
}

interface LinesProps {
  title: string;
  lines: readonly ImportLine[];
  note: (line: ImportLine) => string | null;
}

function Lines({ title, lines, note }: LinesProps) {
  return (
    <section className="space-y-2">
      <h3 className="font-medium">{title}</h3>
      <LinesTable caption={title} lines={lines} total={lines.length} note={note} />
    </section>
  );
}

interface LinesTableProps extends Omit<LinesProps, "title"> {
  caption: string;
  total: number;
}

function LinesTable({ caption, lines, total, note }: LinesTableProps) {
  const shown = lines.slice(0, SHOWN);
  return (
    <>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is scrolled by keys once it has the focus
        tabIndex={0}
        aria-label={caption}
        className="max-h-72 overflow-y-auto rounded-md border border-line"
      >
        <Table
          caption={caption}
          rows={shown}
          rowKey={(line) => String(line.line)}
          columns={[
            { key: "line", header: "Line", isNumeric: true, className: "w-14", cell: (line) => line.line },
            {
              key: "question",
              header: "Question",
              isRowHeader: true,
              className: "sm:max-w-48",
              cell: (line) => (
                <span dir="auto" className="line-clamp-2 wrap-anywhere">
                  {line.question || "–"}
                </span>
              ),
            },
            { key: "note", header: "What", className: "py-1.5", cell: (line) => note(line) },
          ]}
        />
      </section>
      {total > shown.length && (
        <p className="text-ink-muted">and {(total - shown.length).toLocaleString("en")} more</p>
      )}
    </>
  );
}
