import type { Guideline, JudgeSnapshot } from "./types";

/** What forgetting labels does to a judge: shown before it is done. */
export interface Unaligned {
  /** The judge without these labels; guidelines that only lost some of their sources are still in it as they were worded. */
  snapshot: JudgeSnapshot;
  /** All their sources are gone, so they are too. */
  removed: Guideline[];
  /** Some of their sources are gone: their text should be derived anew from those that are left. */
  affected: Guideline[];
  /** The labels to align with for that; guidelines not in `affected` are the ones to keep. */
  rederiveFrom: string[];
  removedEpisodes: number;
  /** Ids that this version never learned from. */
  unknown: string[];
}

/**
 * Takes labels out of a judge (SPEC UN1 to UN3): their episodes go, guidelines lose them as sources and go with their
 * last one, what a person worded stays as long as a source is left. The old version is untouched.
 */
export function unalign(snapshot: JudgeSnapshot, versionId: string, labelIds: readonly string[]): Unaligned {
  const gone = new Set(labelIds);
  const isCiting = (guideline: Guideline): boolean => guideline.sourceLabelIds.some((id) => gone.has(id));
  const without = (guideline: Guideline): Guideline => ({
    ...guideline,
    sourceLabelIds: guideline.sourceLabelIds.filter((id) => !gone.has(id)),
  });
  const citing = snapshot.guidelines.filter(isCiting).map(without);
  const removed = citing.filter((guideline) => guideline.sourceLabelIds.length === 0);
  const removedIds = new Set(removed.map((guideline) => guideline.id));
  const affected = citing.filter((guideline) => !removedIds.has(guideline.id) && !guideline.editedByPerson);
  const guidelines = snapshot.guidelines
    .filter((guideline) => !removedIds.has(guideline.id))
    .map((guideline) => ({
      ...without(guideline),
      conflictsWith: guideline.conflictsWith.filter((id) => !removedIds.has(id)),
    }));
  const episodes = snapshot.episodes.filter((episode) => !gone.has(episode.labelId));
  const known = new Set([
    ...snapshot.guidelines.flatMap((guideline) => guideline.sourceLabelIds),
    ...snapshot.episodes.map((episode) => episode.labelId),
  ]);
  return {
    snapshot: { ...snapshot, versionId, guidelines, episodes },
    removed,
    affected,
    rederiveFrom: [...new Set(affected.flatMap((guideline) => guideline.sourceLabelIds))],
    removedEpisodes: snapshot.episodes.length - episodes.length,
    unknown: labelIds.filter((id) => !known.has(id)),
  };
}
