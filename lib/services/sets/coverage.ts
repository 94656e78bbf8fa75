import type { OptimizationRecord, Readiness } from "@/lib/contracts/records";

/** Of a tag with fewer records than this a review says *too few to tell*. */
const ENOUGH_OF_A_TAG = 4;
const LISTED = 50;

type Looked = Pick<OptimizationRecord, "id" | "inputs" | "expectations" | "tags" | "set">;

/**
 * Records that contradict each other or themselves: the same text is wanted and forbidden, or the same question is
 * there twice with different wishes. Told from the words alone; what only an expert sees is found by disagreements.
 * @param groups ids of records that read almost the same
 */
export function findContradictions(
  records: readonly Looked[],
  groups: readonly (readonly string[])[],
): Readiness["contradictions"] {
  const byId = new Map(records.map((record) => [record.id, record]));
  const inOne = records.flatMap((record) => {
    const [both] = common(record, record);
    return both === undefined
      ? []
      : [{ recordIds: [record.id], why: `It must mention and must never say “${both}”.` }];
  });
  const between = groups.flatMap((group) => {
    const members = group.flatMap((id) => byId.get(id) ?? []);
    return members.flatMap((one, at) =>
      members.slice(at + 1).flatMap((other) => {
        const why = whyApart(one, other);
        return why === null ? [] : [{ recordIds: [one.id, other.id], why }];
      }),
    );
  });
  return [...inOne, ...between].slice(0, LISTED);
}

function whyApart(one: Looked, other: Looked): string | null {
  const [both] = [...common(one, other), ...common(other, one)];
  if (both !== undefined) return `One must mention “${both}”, the other must never say it.`;
  const [asked, askedToo] = [questionOf(one), questionOf(other)];
  const [wanted, wantedToo] = [one, other].map(({ expectations }) => folded(expectations.expected_response));
  if (asked !== askedToo || wanted === "" || wantedToo === "" || wanted === wantedToo) return null;
  return "They ask the same and say different things of a good answer.";
}

/** What one must mention and the other must never say. */
function common(one: Looked, other: Looked): string[] {
  const never = new Set(other.expectations.mustNever.map(folded));
  return one.expectations.facts.filter((fact) => folded(fact) !== "" && never.has(folded(fact)));
}

function questionOf({ inputs }: Looked): string {
  return folded(
    [...inputs.messages.map(({ content }) => content), ...Object.values(inputs.fields)].join(" "),
  );
}

function folded(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/**
 * Tags with few usable records, fewest first.
 * @param setOf the set of a record, as it is or as the next round of answers would make it
 */
export function findThinTags(
  usable: readonly Looked[],
  setOf: (record: Looked) => OptimizationRecord["set"],
): Pick<Readiness, "thinTags" | "untagged"> {
  const byTag = new Map<string, { records: number; sealed: number }>();
  for (const record of usable) {
    for (const tag of record.tags) {
      const counted = byTag.get(tag) ?? { records: 0, sealed: 0 };
      counted.records += 1;
      if (setOf(record) === "sealed") counted.sealed += 1;
      byTag.set(tag, counted);
    }
  }
  const thinTags = [...byTag]
    .filter(([, { records }]) => records < ENOUGH_OF_A_TAG)
    .map(([tag, counts]) => ({ tag, ...counts }))
    .sort((a, b) => a.records - b.records || a.sealed - b.sealed || (a.tag < b.tag ? -1 : 1))
    .slice(0, LISTED);
  return { thinTags, untagged: usable.filter(({ tags }) => tags.length === 0).length };
}
