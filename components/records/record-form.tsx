"use client";

import type { ReactNode } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Term } from "@/components/ui/term";
import { Textarea } from "@/components/ui/textarea";
import type { RecordDraft } from "@/lib/view-models/record-draft";
import { AddField, FieldsEditor } from "./fields-editor";
import { TagsEditor } from "./tags-editor";
import { TextListEditor } from "./text-list-editor";
import { TurnsEditor } from "./turns-editor";

interface RecordFormProps {
  draft: RecordDraft;
  onChange: (step: string, edit: (draft: RecordDraft) => RecordDraft) => void;
  knownTags: readonly string[];
  isNew: boolean;
  /** What helps to write what a good answer does; absent while the record is new. */
  draftTool?: ReactNode;
}

/** A record as a form of plain words: what is asked, and what a good answer does. */
export function RecordForm({ draft, onChange, knownTags, isNew, draftTool }: RecordFormProps) {
  const put = (step: string, part: Partial<RecordDraft>) =>
    onChange(step, (before) => ({ ...before, ...part }));
  const putFields = (fields: RecordDraft["fields"], step: string) => put(step, { fields });
  return (
    <div className="space-y-5">
      <TurnsEditor
        turns={draft.turns}
        isFocused={isNew}
        onChange={(turns, step) => put(step, { turns })}
        actions={draft.fields.length === 0 && <AddField fields={draft.fields} onChange={putFields} />}
      />
      <FieldsEditor fields={draft.fields} onChange={putFields} />
      {draftTool}
      <Field label="A good answer…" hint="Say what it does, not its words">
        <Textarea
          rows={3}
          maxLength={50_000}
          placeholder="names who gets the ball, with counts and sample size"
          value={draft.expected}
          onChange={(event) => put("expected", { expected: event.target.value })}
        />
      </Field>
      <TextListEditor
        label={<Term code="facts">Must mention…</Term>}
        name="Must mention"
        hint="Facts that every good answer names."
        placeholder="the sample size"
        items={draft.facts}
        onChange={(facts, step) => put(step, { facts })}
      />
      <TextListEditor
        label={<Term code="must-never">Must never…</Term>}
        name="Must never"
        hint="What would make it wrong, however good the rest is."
        placeholder="guess about injuries"
        items={draft.mustNever}
        onChange={(mustNever, step) => put(step, { mustNever })}
      />
      <TagsEditor tags={draft.tags} known={knownTags} onChange={(tags) => put("tags", { tags })} />
      <Checkbox
        label="Must never fail"
        hint="It is tried at every review. One failure stops the promotion."
        checked={draft.critical}
        onCheckedChange={(critical) => put("critical", { critical })}
      />
    </div>
  );
}
