"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Mark } from "@/components/ui/mark";
import { TextLink } from "@/components/ui/text-link";
import { useToast } from "@/components/ui/toast";
import type { GradeChoice, ListedLabel } from "@/lib/contracts/labels";
import { wordsOf } from "@/lib/queries/api-fetch";
import { takeBackLabel } from "@/lib/queries/labels";
import { AddToRecord } from "./add-to-record";
import { FollowUpRecord } from "./follow-up-record";
import { LabelEditor } from "./label-editor";

interface MyLabelProps {
  label: ListedLabel;
  projectId: string;
  mayLabel: boolean;
  grades: readonly GradeChoice[];
  /** The label that counts now; null when it was taken back. */
  onChange: (label: ListedLabel | null) => void;
}

/** One label: what was asked, the grade, why, and the guidelines that its words became. */
export function MyLabel({ label, projectId, mayLabel, grades, onChange }: MyLabelProps) {
  const { question, shown, reason, flagged, becameGuidelines, betterAnswer, recordId } = label;
  const [isEditing, setEditing] = useState(false);
  return (
    <li className="space-y-1.5 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <TextLink href={`/p/${projectId}/records/${recordId}`} dir="auto">
          {question}
        </TextLink>
        <span className="font-medium tabular-nums">
          {shown}
          {flagged && <span className="ms-2 text-worse">flagged</span>}
        </span>
      </div>
      {!isEditing && (
        <p className="measure" dir="auto">
          {reason || <span className="text-ink-faint">No reason given.</span>}
        </p>
      )}
      {becameGuidelines.map((text) => (
        <p key={text} className="measure text-sm text-ink-muted" dir="auto">
          <Mark kind="done" isDecoration /> became a guideline: {text}
        </p>
      ))}
      {betterAnswer && <BetterAnswer text={betterAnswer} projectId={projectId} recordId={recordId} />}
      {mayLabel &&
        (isEditing ? (
          <LabelEditor label={label} grades={grades} onChange={onChange} onClose={() => setEditing(false)} />
        ) : (
          <Acts label={label} onEdit={() => setEditing(true)} onChange={onChange} />
        ))}
    </li>
  );
}

/** What could be taken into the record as what a good answer does. */
function BetterAnswer({ text, projectId, recordId }: { text: string; projectId: string; recordId: string }) {
  return (
    <div className="measure rounded-md border border-line bg-sunken p-2.5 text-sm">
      <p className="text-ink-muted">Your better answer</p>
      <p dir="auto" className="whitespace-pre-wrap">
        {text}
      </p>
      <div className="mt-1.5 flex flex-wrap items-center gap-3">
        <AddToRecord text={text} recordId={recordId} />
        <FollowUpRecord projectId={projectId} recordId={recordId} text={text} />
        <CopyButton text={text} label="Copy it" />
        <TextLink href={`/p/${projectId}/records/${recordId}`}>Open the record</TextLink>
      </div>
    </div>
  );
}

function Acts({
  label,
  onEdit,
  onChange,
}: {
  label: ListedLabel;
  onEdit: () => void;
  onChange: MyLabelProps["onChange"];
}) {
  const { toast } = useToast();
  const [isTaking, setTaking] = useState(false);
  const takeBack = async (): Promise<void> => {
    setTaking(true);
    try {
      await takeBackLabel(label.id);
      onChange(null);
      toast({ title: "Taken back. History keeps it; the judge learns from it no more.", mark: "done" });
    } catch (error) {
      setTaking(false);
      toast({ title: wordsOf(error), mark: "failed" });
    }
  };
  return (
    <div className="-ms-2.5 flex flex-wrap gap-1">
      <Button size="sm" variant="quiet" onClick={onEdit}>
        {label.reason ? "Change it" : "Say why"}
      </Button>
      <Button size="sm" variant="quiet" pending={isTaking} onClick={() => void takeBack()}>
        Take back
      </Button>
    </div>
  );
}
