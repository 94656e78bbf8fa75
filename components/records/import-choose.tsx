"use client";

import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { inputClass } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";

interface ImportChooseProps {
  source: "file" | "paste";
  pasted: string;
  onPaste: (text: string) => void;
  onFile: (file: File) => void;
  isPending: boolean;
}

/** The file, or the cells. */
export function ImportChoose({ source, pasted, onPaste, onFile, isPending }: ImportChooseProps) {
  return (
    <div className="space-y-4">
      {source === "file" ? (
        <Field
          id="import-file"
          label="File"
          hint="CSV, JSONL or MLflow's dataset JSON, in UTF-8, up to 50 MB. Nothing is written before you have seen what would happen."
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
          hint="Copy two columns, the question and what a good answer does, and paste them here. With more columns, name them in the first row; you then say what each is."
        >
          <Textarea rows={8} value={pasted} onChange={(event) => onPaste(event.target.value)} />
        </Field>
      )}
      <Disclosure summary="What a file looks like">
        <p className="measure">
          CSV: the first row names the columns, such as question, expected_response, facts, must_never, tags,
          critical. Several facts in one cell are parted by |. You see what each column is read as, and can
          change it; what is no part of a record becomes a named field.
        </p>
        <p className="measure mt-2">
          JSONL: one record a line. MLflow&apos;s dataset records are read as they are.
        </p>
        <pre className="mt-1 overflow-x-auto rounded-md border border-line bg-sunken p-2 font-mono text-xs whitespace-pre-wrap">
          {
            '{"inputs": {"messages": [{"role": "user", "content": "…"}]}, "expectations": {"expected_response": "…", "facts": ["…"], "mustNever": ["…"]}, "tags": ["…"]}'
          }
        </pre>
      </Disclosure>
    </div>
  );
}
