import { changedParts } from "./record-changes";
import type { DraftPart, RecordDraft } from "./record-draft";

export type Side = "mine" | "theirs";

/** One part on which the two sides differ. */
interface ConflictPart {
  part: DraftPart;
  /** Who changed it since the state that both started from. */
  changedBy: Side | "both";
  /** What is proposed: the side that changed it; mine when both did. */
  proposed: Side;
}

/** Where two edits of one record differ, against the state that both started from. */
export function prepareConflict(base: RecordDraft, mine: RecordDraft, theirs: RecordDraft): ConflictPart[] {
  const [byMe, byThem] = [new Set(changedParts(base, mine)), new Set(changedParts(base, theirs))];
  return changedParts(mine, theirs).map((part) => {
    const changedBy = byMe.has(part) ? (byThem.has(part) ? "both" : "mine") : "theirs";
    return { part, changedBy, proposed: changedBy === "theirs" ? "theirs" : "mine" };
  });
}

/** One record out of the two: each part from the side that was chosen. Parts without a choice are the same on both. */
export function mergeDrafts(
  mine: RecordDraft,
  theirs: RecordDraft,
  chosen: Readonly<Partial<Record<DraftPart, Side>>>,
): RecordDraft {
  const from = (part: DraftPart): RecordDraft => (chosen[part] === "theirs" ? theirs : mine);
  return {
    turns: from("turns").turns,
    fields: from("fields").fields,
    expected: from("expected").expected,
    facts: from("facts").facts,
    mustNever: from("mustNever").mustNever,
    tags: from("tags").tags,
    critical: from("critical").critical,
  };
}
