"use client";

import { Download } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Mark } from "@/components/ui/mark";
import { Table } from "@/components/ui/table";
import type { ImportLine, ImportPreview } from "@/lib/contracts/records";
import { prepareImportSentences, prepareRejectedFile } from "@/lib/view-models/record-import";

const SHOWN = 200;

const OUTCOMES: Readonly<Record<ImportLine["outcome"], string>> = {
  new: "new",
  changed: "changed",
  duplicate: "here already",
  invalid: "cannot be used",
};

/** What an import would do: in sentences, then the lines that need eyes, then the rest. */
export function ImportPreviewView({ preview, file }: { preview: ImportPreview; file: Blob }) {
  const rejected = preview.lines.filter(({ outcome }) => outcome === "invalid");
  const noticed = preview.lines.filter(({ notice }) => notice !== null);
  const plain = preview.lines.filter(({ outcome, notice }) => outcome !== "invalid" && notice === null);
  return (
    <div className="space-y-5">
      <div role="status">
        <ul className="measure list-disc space-y-1 ps-5 text-base">
          {prepareImportSentences(preview).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </div>
      <RejectedLines lines={rejected} format={preview.format} file={file} />
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
  format: ImportPreview["format"];
  file: Blob;
}

/** Lines that were left out, each with its reason, and as a file to mend and import again. */
export function RejectedLines({ lines, format, file }: RejectedLinesProps) {
  if (lines.length === 0) return null;
  const download = async () => {
    const { name, text, type } = prepareRejectedFile(await file.text(), format, lines);
    const url = URL.createObjectURL(new Blob([text], { type }));
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <section className="space-y-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-medium">
          <Mark kind="warning" isDecoration /> {lines.length.toLocaleString("en")} cannot be used
        </h3>
        <Button
          size="sm"
          icon={<Download aria-hidden="true" className="size-4" />}
          onClick={() => void download()}
        >
          Save these lines
        </Button>
      </div>
      <LinesTable caption="Lines that cannot be used" lines={lines} note={(line) => line.problem} />
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
      <LinesTable caption={title} lines={lines} note={note} />
    </section>
  );
}

function LinesTable({ caption, lines, note }: Omit<LinesProps, "title"> & { caption: string }) {
  return (
    <>
      <Table
        caption={caption}
        className="max-h-72 overflow-y-auto rounded-md border border-line"
        rows={lines.slice(0, SHOWN)}
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
      {lines.length > SHOWN && (
        <p className="text-ink-muted">and {(lines.length - SHOWN).toLocaleString("en")} more</p>
      )}
    </>
  );
}
