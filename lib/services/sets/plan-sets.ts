import type { OptimizationRecord } from "@/lib/contracts/records";
import type { RecordSet } from "@/lib/contracts/word-lists";
import { drawFrom } from "@/lib/util/rng";
import { groupNearDuplicateTexts } from "./near-duplicates";

const SEALED_SHARE = 0.3;
const MIN_SEALED = 5;
const MAX_SEALED = 200;

/** A usable record as the plan sees it. */
export interface PlannedRecord
  extends Pick<OptimizationRecord, "id" | "set" | "critical" | "tags" | "source" | "inputs"> {
  /** It has been answered before: somebody may have learned from it. */
  hasAnswers: boolean;
}

interface SetAssignment {
  recordId: string;
  set: Exclude<RecordSet, "unassigned">;
}

interface Group {
  members: PlannedRecord[];
  tags: ReadonlySet<string>;
  /** Chance, from project and text alone: the same records are dealt the same way whatever their ids. */
  draw: number;
  isFromProduction: boolean;
}

/** How many of so many usable records are to be sealed: 30 %, at least 5, at most 200, never more than half. */
export function sealedTarget(usable: number): number {
  return Math.min(
    MAX_SEALED,
    Math.max(MIN_SEALED, Math.round(SEALED_SHARE * usable)),
    Math.floor(usable / 2),
  );
}

/**
 * The sets of records that have none yet (architecture.md, Sets). Near-duplicates stay together; a record with
 * answers, one that must never fail, and the near-duplicates of either become practice; sealed ones are drawn over
 * the tags, those from production first. A near-duplicate of a sealed record for which the share has no room keeps
 * waiting for its set: in practice it would give the sealed one away.
 * @param usable every usable record of the project, those with a set too
 */
export function planSets(projectId: string, usable: readonly PlannedRecord[]): SetAssignment[] {
  const plan = new Map<string, SetAssignment["set"]>();
  const put = (group: readonly PlannedRecord[], set: SetAssignment["set"]): void => {
    for (const record of group) if (record.set === "unassigned") plan.set(record.id, set);
  };
  let room = sealedTarget(usable.length) - usable.filter((record) => record.set === "sealed").length;
  const free: Group[] = [];
  for (const members of groupsOf(usable)) {
    const waiting = members.filter((record) => record.set === "unassigned");
    if (waiting.length === 0) continue;
    if (members.some(isBoundToPractice)) put(members, "practice");
    else if (waiting.length === members.length) free.push(toGroup(projectId, members));
    else if (waiting.length <= room) {
      put(members, "sealed");
      room -= waiting.length;
    }
  }
  const sealed = drawSealed(free, room, usable);
  for (const group of free) put(group.members, sealed.has(group) ? "sealed" : "practice");
  return [...plan].map(([recordId, set]) => ({ recordId, set }));
}

/** Ids of records that read almost the same, two or more a group, by the order of the list. */
export function nearDuplicateIds(list: readonly Pick<OptimizationRecord, "id" | "inputs">[]): string[][] {
  return groupNearDuplicateTexts(list.map(textOf))
    .filter((group) => group.length > 1)
    .map((group) => group.flatMap((index) => list[index]?.id ?? []));
}

function groupsOf(usable: readonly PlannedRecord[]): PlannedRecord[][] {
  return groupNearDuplicateTexts(usable.map(textOf)).map((group) =>
    group.flatMap((index) => usable[index] ?? []),
  );
}

function isBoundToPractice(record: PlannedRecord): boolean {
  return record.set === "practice" || (record.set === "unassigned" && (record.hasAnswers || record.critical));
}

function toGroup(projectId: string, members: PlannedRecord[]): Group {
  const text = members.map(textOf).sort().join("\n");
  return {
    members,
    tags: new Set(members.flatMap((record) => (record.tags.length > 0 ? record.tags : [""]))),
    draw: drawFrom(projectId, "sealed", text),
    isFromProduction: members.some((record) => record.source === "api"),
  };
}

/** Takes groups one by one, each from the tag that is furthest below its share of sealed records. */
function drawSealed(free: readonly Group[], room: number, usable: readonly PlannedRecord[]): Set<Group> {
  const lacking = lackingByTag(usable);
  const open = [...free].sort(
    (a, b) => Number(b.isFromProduction) - Number(a.isFromProduction) || a.draw - b.draw,
  );
  const chosen = new Set<Group>();
  for (let left = room; left > 0; ) {
    const fitting = open.filter((group) => !chosen.has(group) && group.members.length <= left);
    const next = mostNeeded(fitting, lacking);
    if (next === undefined) break;
    chosen.add(next);
    left -= next.members.length;
    for (const tag of next.tags) lacking.set(tag, (lacking.get(tag) ?? 0) - next.members.length);
  }
  return chosen;
}

/** The first group of the neediest tag; production's first before any other. */
function mostNeeded(fitting: readonly Group[], lacking: ReadonlyMap<string, number>): Group | undefined {
  const needOf = (group: Group): number => Math.max(...[...group.tags].map((tag) => lacking.get(tag) ?? 0));
  const first = fitting[0];
  const among = first?.isFromProduction ? fitting.filter((group) => group.isFromProduction) : fitting;
  let best: { group: Group; need: number } | undefined;
  for (const group of among) {
    const need = needOf(group);
    if (best === undefined || need > best.need + 1e-9) best = { group, need };
  }
  return best?.group;
}

/** Tag → sealed records it should have and has not, by the wished share. Records without a tag are one tag. */
function lackingByTag(usable: readonly PlannedRecord[]): Map<string, number> {
  const share = usable.length === 0 ? 0 : sealedTarget(usable.length) / usable.length;
  const lacking = new Map<string, number>();
  for (const record of usable) {
    for (const tag of record.tags.length > 0 ? record.tags : [""]) {
      lacking.set(tag, (lacking.get(tag) ?? 0) + share - (record.set === "sealed" ? 1 : 0));
    }
  }
  return lacking;
}

function textOf({ inputs }: Pick<OptimizationRecord, "inputs">): string {
  return [...inputs.messages.map((message) => message.content), ...Object.values(inputs.fields)].join("\n");
}
