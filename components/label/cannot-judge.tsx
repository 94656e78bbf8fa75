"use client";

import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { useShortcuts } from "@/components/ui/shortcuts";
import { cannotJudgeReasons } from "@/lib/contracts/word-lists";
import { CANNOT_JUDGE_WORDS } from "@/lib/view-models/label-words";

interface CannotJudgeProps {
  onChoose: (why: (typeof cannotJudgeReasons)[number]) => void;
  onCancel: () => void;
}

/** Why this answer cannot be judged: a wrong record is mended by somebody, an answer from another field is not. */
export function CannotJudge({ onChoose, onCancel }: CannotJudgeProps) {
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  useShortcuts([{ keys: "escape", label: "Judge it after all", group: "Labelling", onPress: onCancel }]);
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 font-medium">Why can't you judge it?</legend>
      <div className="flex flex-wrap gap-2">
        {cannotJudgeReasons.map((why, index) => (
          <Button
            key={why}
            size="lg"
            className="px-3!"
            ref={index === 0 ? first : undefined}
            onClick={() => onChoose(why)}
          >
            {CANNOT_JUDGE_WORDS[why]}
          </Button>
        ))}
        <Button size="lg" variant="quiet" className="px-3!" onClick={onCancel}>
          Judge it after all
        </Button>
      </div>
    </fieldset>
  );
}
