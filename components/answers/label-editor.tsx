"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { GradeChoice, ListedLabel } from "@/lib/contracts/labels";
import { wordsOf } from "@/lib/queries/api-fetch";
import { amendLabel } from "@/lib/queries/labels";

interface LabelEditorProps {
  label: ListedLabel;
  /** Empty: the judge is not in use any more, and its grades stay as they were given. */
  grades: readonly GradeChoice[];
  onChange: (label: ListedLabel) => void;
  onClose: () => void;
}

/** Another grade, or another reason: a new label that takes the place of the one before. */
export function LabelEditor({ label, grades, onChange, onClose }: LabelEditorProps) {
  const [reason, setReason] = useState(label.reason);
  const [grade, setGrade] = useState(label.shown);
  const [problem, setProblem] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const save = async (): Promise<void> => {
    const value = grades.find(({ text }) => text === grade)?.value;
    setSaving(true);
    try {
      const changed = await amendLabel(label.id, { reason, ...(value === undefined ? {} : { value }) });
      onChange({ ...label, ...changed, shown: value === undefined ? label.shown : grade });
      onClose();
    } catch (error) {
      setSaving(false);
      setProblem(wordsOf(error));
    }
  };
  return (
    <div className="measure space-y-2">
      {grades.length > 0 && (
        <Field id={`grade-${label.id}`} label="Grade" className="w-40">
          <Select
            options={grades.map(({ text }) => ({ value: text, label: text }))}
            value={grade}
            onValueChange={setGrade}
          />
        </Field>
      )}
      <Field id={`why-${label.id}`} label="Why?" error={problem}>
        <Textarea dir="auto" rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
      <div className="flex gap-2">
        <Button
          size="sm"
          variant="primary"
          pending={isSaving}
          pendingLabel="Saving"
          onClick={() => void save()}
        >
          Save
        </Button>
        <Button size="sm" variant="quiet" onClick={onClose}>
          Leave it
        </Button>
      </div>
    </div>
  );
}
