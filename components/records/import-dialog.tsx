"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { inputClass } from "@/components/ui/input";
import { Mark } from "@/components/ui/mark";
import { Textarea } from "@/components/ui/textarea";
import type { ImportPreview, ImportResult } from "@/lib/contracts/records";
import { wordsOf } from "@/lib/queries/api-fetch";
import { forgetRecords } from "@/lib/queries/record-cache";
import { commitImport, previewImport } from "@/lib/queries/records";
import { prepareImportResult } from "@/lib/view-models/record-import";
import { ImportPreviewView, RejectedLines } from "./import-preview";

export type ImportSource = "file" | "paste";

interface ImportDialogProps {
  projectId: string;
  source: ImportSource;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

type Step =
  | { kind: "choose" }
  | { kind: "preview"; preview: ImportPreview; file: Blob }
  | { kind: "done"; preview: ImportPreview; result: ImportResult; file: Blob };

/** Records from a file or from cells of a spreadsheet: first what would happen, line by line, then that. */
export function ImportDialog({ projectId, source, isOpen, onOpenChange }: ImportDialogProps) {
  const client = useQueryClient();
  const [step, setStep] = useState<Step>({ kind: "choose" });
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [pasted, setPasted] = useState("");
  const attempt = async (work: () => Promise<Step>) => {
    setPending(true);
    setProblem(null);
    try {
      setStep(await work());
    } catch (error) {
      setProblem(wordsOf(error));
    } finally {
      setPending(false);
    }
  };
  const read = (file: Blob) =>
    attempt(async () => ({ kind: "preview", file, preview: await previewImport(projectId, file) }));
  const commit = (preview: ImportPreview, file: Blob) =>
    attempt(async () => {
      const result = await commitImport(projectId, preview.importId);
      await forgetRecords(client, projectId);
      return { kind: "done", preview, result, file };
    });
  const close = (open: boolean) => {
    onOpenChange(open);
    if (!open) {
      setStep({ kind: "choose" });
      setProblem(null);
      setPasted("");
    }
  };
  return (
    <Dialog
      title={source === "file" ? "Import a file" : "Paste from a spreadsheet"}
      size="lg"
      open={isOpen}
      onOpenChange={close}
      footer={
        <Footer
          step={step}
          isPending={isPending}
          pasted={source === "paste" ? pasted : null}
          onRead={() => void read(new Blob([pasted]))}
          onBack={() => setStep({ kind: "choose" })}
          onCommit={() => step.kind === "preview" && void commit(step.preview, step.file)}
          onClose={() => close(false)}
        />
      }
    >
      {problem && (
        <div role="alert" className="mb-4">
          <Callout tone="worse">{problem}</Callout>
        </div>
      )}
      {step.kind === "choose" && (
        <Choose
          source={source}
          pasted={pasted}
          onPaste={setPasted}
          onFile={(file) => void read(file)}
          isPending={isPending}
        />
      )}
      {step.kind === "preview" && <ImportPreviewView preview={step.preview} file={step.file} />}
      {step.kind === "done" && (
        <div role="status" className="space-y-3">
          <p className="text-base">
            <Mark kind="done" isDecoration /> {prepareImportResult(step.result)}
          </p>
          <RejectedLines lines={step.result.rejected} format={step.preview.format} file={step.file} />
        </div>
      )}
    </Dialog>
  );
}

interface ChooseProps {
  source: ImportSource;
  pasted: string;
  onPaste: (text: string) => void;
  onFile: (file: File) => void;
  isPending: boolean;
}

function Choose({ source, pasted, onPaste, onFile, isPending }: ChooseProps) {
  return (
    <div className="space-y-4">
      {source === "file" ? (
        <Field
          id="import-file"
          label="File"
          hint="JSONL or CSV, in UTF-8, up to 50 MB. Nothing is written before you have seen what would happen."
        >
          <input
            id="import-file"
            type="file"
            aria-busy={isPending}
            accept=".jsonl,.ndjson,.json,.csv,.tsv,.txt,application/x-ndjson,application/json,text/csv"
            className={`${inputClass} py-2`}
            onChange={(event) => {
              const file = event.target.files?.[0];
              if (file) onFile(file);
            }}
          />
        </Field>
      ) : (
        <Field
          label="Cells"
          hint="Copy two columns, the question and what a good answer does, and paste them here. With more columns, name them in the first row."
        >
          <Textarea rows={8} value={pasted} onChange={(event) => onPaste(event.target.value)} />
        </Field>
      )}
      <Disclosure summary="What a file looks like">
        <p className="measure">
          CSV: the first row names the columns question, expected_response, facts, must_never, tags, critical.
          Several facts in one cell are parted by |. Any other column becomes a named field.
        </p>
        <p className="measure mt-2">JSONL: one record a line.</p>
        <pre className="mt-1 overflow-x-auto rounded-md border border-line bg-sunken p-2 font-mono text-xs whitespace-pre-wrap">
          {
            '{"inputs": {"messages": [{"role": "user", "content": "…"}]}, "expectations": {"expected_response": "…", "facts": ["…"], "mustNever": ["…"]}, "tags": ["…"]}'
          }
        </pre>
      </Disclosure>
    </div>
  );
}

interface FooterProps {
  step: Step;
  isPending: boolean;
  /** Null: a file is read as soon as it is chosen. */
  pasted: string | null;
  onRead: () => void;
  onBack: () => void;
  onCommit: () => void;
  onClose: () => void;
}

function Footer({ step, isPending, pasted, onRead, onBack, onCommit, onClose }: FooterProps) {
  if (step.kind === "done") {
    return (
      <Button variant="primary" onClick={onClose}>
        Close
      </Button>
    );
  }
  if (step.kind === "choose") {
    if (pasted === null)
      return isPending ? (
        <span role="status">Reading the file…</span>
      ) : (
        <Button onClick={onClose}>Cancel</Button>
      );
    return (
      <>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          variant="primary"
          pending={isPending}
          pendingLabel="Reading"
          onClick={onRead}
          blockedReason={pasted.trim() === "" ? "Paste some cells first." : undefined}
        >
          Look at it
        </Button>
      </>
    );
  }
  const { new: fresh, changed } = step.preview.counts;
  const count = fresh + changed;
  return (
    <>
      <Button onClick={onBack}>Choose another</Button>
      <Button
        variant="primary"
        pending={isPending}
        pendingLabel={`Importing ${count.toLocaleString("en")}`}
        onClick={onCommit}
        blockedReason={count === 0 ? "There is nothing in it that is not here already." : undefined}
      >
        Import {count.toLocaleString("en")} {count === 1 ? "record" : "records"}
      </Button>
    </>
  );
}
