import type { JudgeVersionDetail, LabelSource } from "@/lib/contracts/judge-page";
import type { GuidelineEffect, JudgeVersionView } from "@/lib/contracts/judges";

/** A guideline as its card shows it. */
export interface GuidelineCard {
  id: string;
  /** Its place in this version, from 1: how people refer to it. */
  number: number;
  text: string;
  isActive: boolean;
  isEdited: boolean;
  /** "from 5 labels · 2 yours" */
  support: string;
  /** A label of the person who looks is among its sources. */
  isFromMyWords: boolean;
  /** "With it: 3 more right, 0 fewer"; null where that was not measured. */
  effect: string | null;
  sources: LabelSource[];
  /** Active guidelines that it contradicts, while it is active itself. */
  conflicts: { id: string; number: number; text: string }[];
}

/** Cards in the order of support, as the version holds them. */
export function prepareGuidelines(
  { version, sources }: Pick<JudgeVersionDetail, "version" | "sources">,
  effects: readonly GuidelineEffect[] | null = null,
): GuidelineCard[] {
  const byId = new Map(sources.map((source) => [source.labelId, source]));
  return version.guidelines.map((guideline, index) => {
    const own = guideline.sourceLabelIds.flatMap((id) => byId.get(id) ?? []);
    const mine = own.filter(({ isMine }) => isMine).length;
    return {
      id: guideline.id,
      number: index + 1,
      text: guideline.text,
      isActive: guideline.active,
      isEdited: guideline.editedByPerson,
      support: supportWords(guideline.sourceLabelIds.length, mine),
      isFromMyWords: mine > 0,
      effect: effectWords(effects?.find(({ guidelineId }) => guidelineId === guideline.id)),
      sources: own,
      conflicts: guideline.active ? conflictsOf(version.guidelines, guideline.conflictsWith) : [],
    };
  });
}

function supportWords(labels: number, mine: number): string {
  const words = `from ${labels} ${labels === 1 ? "label" : "labels"}`;
  return mine === 0 ? words : `${words} · ${mine} yours`;
}

function effectWords(effect: GuidelineEffect | undefined): string | null {
  return effect === undefined ? null : `With it: ${effect.moreRight} more right, ${effect.fewerRight} fewer`;
}

function conflictsOf(
  guidelines: JudgeVersionView["guidelines"],
  ids: readonly string[],
): GuidelineCard["conflicts"] {
  return guidelines.flatMap(({ id, text, active }, index) =>
    active && ids.includes(id) ? [{ id, number: index + 1, text }] : [],
  );
}

/** Two guidelines that cannot both be followed, once each. */
export interface GuidelineConflict {
  first: GuidelineCard;
  second: GuidelineCard;
}

/** Conflicts that somebody has to decide. */
export function conflictsToDecide(cards: readonly GuidelineCard[]): GuidelineConflict[] {
  const byId = new Map(cards.map((card) => [card.id, card]));
  return cards.flatMap((first) =>
    first.conflicts.flatMap(({ id, number }) => {
      const second = byId.get(id);
      return second && first.number < number ? [{ first, second }] : [];
    }),
  );
}
