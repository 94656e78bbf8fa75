"use client";

import { type Shortcut, useShortcuts } from "@/components/ui/shortcuts";
import type { GradeChoice } from "@/lib/contracts/labels";
import { gradeForKey } from "@/lib/view-models/label-form";

export interface LabelKeyActions {
  choose(grade: number): void;
  move(step: 1 | -1): void;
  save(): void;
  why(): void;
  cannotJudge(): void;
  later(): void;
  flag(): void;
  undo(): void;
}

const GROUP = "Labelling";
const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"];

/** The keys of ux.md 7.3. Single ones can be switched off in the list that `?` opens. */
export function useLabelKeys(
  grades: readonly GradeChoice[],
  actions: LabelKeyActions,
  isActive: boolean,
): void {
  const digits = DIGITS.flatMap<Shortcut>((keys) => {
    const grade = gradeForKey(keys, grades);
    if (grade === null) return [];
    return [
      { keys, label: `Grade ${grades[grade]?.text}`, group: GROUP, onPress: () => actions.choose(grade) },
    ];
  });
  const shortcuts: Shortcut[] = [
    ...digits,
    { keys: "arrowleft", label: "One grade lower", group: GROUP, onPress: () => actions.move(-1) },
    { keys: "arrowright", label: "One grade higher", group: GROUP, onPress: () => actions.move(1) },
    { keys: "enter", label: "Save and next", group: GROUP, onPress: actions.save },
    {
      keys: "mod+enter",
      label: "Save and next, also while typing",
      group: GROUP,
      onPress: actions.save,
      worksInFields: true,
    },
    { keys: "e", label: "Why", group: GROUP, onPress: actions.why },
    { keys: "x", label: "Can't judge", group: GROUP, onPress: actions.cannotJudge },
    { keys: "s", label: "Later", group: GROUP, onPress: actions.later },
    { keys: "f", label: "Flag", group: GROUP, onPress: actions.flag },
    { keys: "u", label: "Undo the last label", group: GROUP, onPress: actions.undo },
    { keys: "mod+z", label: "Undo the last label", group: GROUP, onPress: actions.undo },
  ];
  useShortcuts(isActive ? shortcuts : []);
}
