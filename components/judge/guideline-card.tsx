"use client";

import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Mark } from "@/components/ui/mark";
import type { GuidelineCard as Guideline } from "@/lib/view-models/judge-guidelines";
import { GuidelineDialog } from "./guideline-dialog";
import { LabelSources } from "./label-sources";

export interface GuidelineActions {
  /** Null for people who may not change the judge. */
  edit: ((change: { id: string; text: string; active: boolean }) => Promise<boolean>) | null;
  problem: string | null;
  isPending: boolean;
}

interface GuidelineCardProps {
  guideline: Guideline;
  projectId: string;
  actions: GuidelineActions;
}

/** One rule that the judge drew from labels: its words, where from, and what can be done about it. */
export function GuidelineCard({ guideline, projectId, actions }: GuidelineCardProps) {
  const [isOpen, setOpen] = useState(false);
  const [isEditing, setEditing] = useState(false);
  const { id, number, text, isActive, isEdited, support, isFromMyWords, effect, sources, conflicts } =
    guideline;
  const sourcesId = `guideline-${id}-sources`;
  const { edit } = actions;
  return (
    <li
      id={`guideline-${id}`}
      className={cx("rounded-lg border border-line p-4", isActive ? "bg-raised" : "bg-sunken text-ink-muted")}
    >
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className="text-ink-faint tabular-nums">{number}</span>
        <p dir="auto" className="measure min-w-0 flex-1 basis-64 text-base">
          {text}
        </p>
      </div>
      <div className="mt-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-ink-muted">
          <span>{support}</span>
          {isFromMyWords && <Badge tone="accent">from your words</Badge>}
          {isEdited && <Badge>edited by hand</Badge>}
          {!isActive && <Badge>switched off</Badge>}
          {effect && <span>{effect}</span>}
        </div>
        <div className="flex flex-wrap gap-2" data-print="hide">
          <Button size="sm" aria-expanded={isOpen} aria-controls={sourcesId} onClick={() => setOpen(!isOpen)}>
            Where from
          </Button>
          {edit && (
            <>
              <Button size="sm" onClick={() => setEditing(true)}>
                Edit
              </Button>
              <Button
                size="sm"
                pending={actions.isPending}
                onClick={() => void edit({ id, text, active: !isActive })}
              >
                {isActive ? "Switch off" : "Switch on"}
              </Button>
            </>
          )}
        </div>
      </div>
      {conflicts.map((other) => (
        <p key={other.id} className="mt-2">
          <Mark kind="warning" isDecoration /> Contradicts {other.number}, “{other.text}”
        </p>
      ))}
      <div id={sourcesId} hidden={!isOpen} className="mt-3">
        {isOpen && <LabelSources sources={sources} projectId={projectId} />}
      </div>
      {edit && isEditing && (
        <GuidelineDialog
          guideline={guideline}
          actions={{ ...actions, edit }}
          onClose={() => setEditing(false)}
        />
      )}
    </li>
  );
}
