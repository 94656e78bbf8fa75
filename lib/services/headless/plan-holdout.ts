import { rngFrom } from "@/lib/util/rng";
import { groupNearDuplicateTexts } from "../sets/near-duplicates";
import { BadInput } from "./bad-input";
import type { HeadlessRecord } from "./inputs";

export interface HoldoutPlan {
  /** Indexes of the records that the search never sees. */
  sealed: ReadonlySet<number>;
  /** Sealed records that read almost the same as one of the search: unavoidable where most records are alike. */
  alike: number;
}

/**
 * Draws the share of records that is kept from the search. The same records, share and seed give the same draw.
 * Near-duplicates stay on one side as long as that leaves enough to draw from.
 */
export function planHoldout(
  records: readonly Pick<HeadlessRecord, "inputs">[],
  share: number,
  seed: number,
): HoldoutPlan {
  if (share === 0) return { sealed: new Set(), alike: 0 };
  if (records.length < 2) {
    throw new BadInput([
      "One record cannot be parted into search and holdout. Write more records, or give --holdout 0.",
    ]);
  }
  const size = Math.min(records.length - 1, Math.max(1, Math.round(share * records.length)));
  const groups = rngFrom(seed, "holdout").shuffle(groupNearDuplicateTexts(records.map(textOf)));
  const sealed = new Set<number>();
  for (const group of groups) {
    if (sealed.size + group.length <= size) for (const index of group) sealed.add(index);
  }
  const rest = groups.flat().filter((index) => !sealed.has(index));
  const forced = rest.slice(0, size - sealed.size);
  for (const index of forced) sealed.add(index);
  const alike = groups
    .filter((group) => group.some((index) => !sealed.has(index)))
    .flat()
    .filter((index) => sealed.has(index)).length;
  return { sealed, alike };
}

function textOf({ inputs }: Pick<HeadlessRecord, "inputs">): string {
  return [...inputs.messages.map(({ content }) => content), ...Object.values(inputs.fields)].join("\n");
}
