import { readDataSections } from "@/lib/util/fence";
import { type Instruction, instructionsOf } from "./task/instructions";
import { conflictsIn } from "./task/plan";
import { faultNamedBy } from "./text/faults";
import { ideasOf, overlap } from "./text/words";
import type { SandboxCall } from "./types";

interface Read {
  ref: string;
  text: string;
  support: number;
  ideas: ReadonlySet<string>;
  order: Instruction | null;
}

const SAME_FROM = 0.6;

/** Merges guidelines that say the same and points at pairs that cannot both be followed. */
export function answerConsolidate(call: SandboxCall): string {
  const sections = readDataSections(call.messages.map((message) => message.content).join("\n\n"));
  const read: Read[] = sections
    .filter((section) => section.name === "guideline" && section.ref !== null)
    .map((section) => ({
      ref: section.ref ?? "",
      text: section.text,
      support:
        Number.parseInt(
          sections.find((other) => other.name === "guideline-support" && other.ref === section.ref)?.text ??
            "1",
          10,
        ) || 1,
      ideas: ideasOf(section.text),
      order: instructionsOf(section.text)[0] ?? null,
    }));
  const groups: Read[][] = [];
  for (const one of read) {
    const group = groups.find((members) => members.some((member) => saysTheSame(member, one)));
    if (group) group.push(one);
    else groups.push([one]);
  }
  const guidelines = groups
    .map((group) => ({ group, support: group.reduce((total, one) => total + one.support, 0) }))
    .sort((a, b) => b.support - a.support)
    .map(({ group }) => ({ text: best(group).text, mergedFrom: group.map((one) => one.ref) }));
  return JSON.stringify({ guidelines, conflicts: conflictsBetween(read) });
}

function saysTheSame(a: Read, b: Read): boolean {
  if ((a.order?.kind === "forbid") !== (b.order?.kind === "forbid")) return false;
  const fault = faultNamedBy(a.text, a.ideas);
  if (
    fault !== null &&
    a.order?.kind !== "exhaustive" &&
    b.order?.kind !== "exhaustive" &&
    fault === faultNamedBy(b.text, b.ideas)
  )
    return true;
  return overlap(a.ideas, b.ideas) > SAME_FROM;
}

/** The best supported wording; among equals the one that says more. */
function best(group: readonly Read[]): Read {
  const [first, ...rest] = group;
  if (!first) throw new RangeError("an empty group of guidelines");
  return rest.reduce(
    (top, one) =>
      one.support > top.support || (one.support === top.support && one.ideas.size > top.ideas.size)
        ? one
        : top,
    first,
  );
}

function conflictsBetween(read: readonly Read[]): { between: [string, string]; why: string }[] {
  const found: { between: [string, string]; why: string }[] = [];
  for (const [index, a] of read.entries()) {
    for (const b of read.slice(index + 1)) {
      if (!a.order || !b.order) continue;
      const isLength = isLengthConflict(a, b) || isLengthConflict(b, a);
      if (isLength)
        found.push({
          between: [a.ref, b.ref],
          why: "One wants the answer short, the other wants everything listed.",
        });
      else if (conflictsIn([a.order, b.order]).size > 0)
        found.push({ between: [a.ref, b.ref], why: "One asks for what the other forbids." });
    }
  }
  return found;
}

function isLengthConflict(a: Read, b: Read): boolean {
  return (
    a.order?.kind === "brief" &&
    (b.order?.kind === "exhaustive" ||
      /\b(?:list|give|name|show|include) (?:every|all)\b|\bevery (?:single|possible)\b/i.test(b.text))
  );
}
