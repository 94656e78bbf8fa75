import { fenceData } from "@/lib/util/fence";
import { askJson } from "./ask-json";
import { DATA_RULE } from "./assemble";
import type { DroppedGuideline } from "./distil";
import { fingerprint } from "./fingerprint";
import { foldedText, uniqueIds } from "./guidelines";
import { type Parsed, parseJsonObject } from "./parse";
import type { JudgeMessage, JudgeModel } from "./ports";
import type { Guideline } from "./types";

/** Two guidelines that cannot both be followed; experts want different things. */
export interface GuidelineConflict {
  guidelineIds: [string, string];
  why: string;
}

export type Consolidated =
  | {
      status: "consolidated";
      guidelines: Guideline[];
      conflicts: GuidelineConflict[];
      dropped: DroppedGuideline[];
      modelCalls: number;
    }
  | { status: "failed"; cause: string; modelCalls: number };

interface ConsolidateReply {
  groups: { text: string; refs: readonly string[] }[];
  conflicts: { refs: readonly string[]; why: string }[];
}

/**
 * Merges guidelines that say the same and finds those that contradict each other (SPEC CO1 to CO4). No guideline is
 * lost: what the reply does not mention stays as it is. What a person worded or switched off keeps its words and state.
 */
export async function consolidate(
  guidelines: readonly Guideline[],
  model: JudgeModel,
  signal: AbortSignal,
): Promise<Consolidated> {
  const messages = consolidateMessages(guidelines);
  const callKey = `consolidate:${fingerprint(...messages.map((message) => message.content))}`;
  const schema = { name: "consolidation", schema: CONSOLIDATE_SCHEMA };
  const asked = await askJson(
    model,
    { callKey, purpose: "consolidate", messages, schema },
    readReply,
    signal,
  );
  if (asked.status === "failed")
    return { status: "failed", cause: asked.cause, modelCalls: asked.modelCalls };
  return { status: "consolidated", ...applyReply(guidelines, asked.value), modelCalls: asked.modelCalls };
}

/**
 * Guidelines with the same words become one, with the sources of both; no model is needed for that. So do guidelines
 * of one id: a lesson learned again stays as a person or a merge has worded it since (the first one counts).
 */
export function mergeSameText(guidelines: readonly Guideline[]): Guideline[] {
  const merged: Guideline[] = [];
  for (const guideline of guidelines) {
    const text = foldedText(guideline.text);
    const at = merged.findIndex((one) => one.id === guideline.id || foldedText(one.text) === text);
    const known = merged[at];
    if (known) merged[at] = withSources(known, guideline);
    else merged.push(guideline);
  }
  return merged;
}

export function consolidateMessages(guidelines: readonly Guideline[]): JudgeMessage[] {
  const system = [
    "You put the guidelines of a judge in order. They were written down from the remarks of several experts, in several goes, so some say the same in other words and some contradict each other.",
    DATA_RULE,
    "Merge guidelines only when following one means following the other: write one text that keeps every condition, number and limit of both, and list the refs it was merged from. A guideline that stands alone is listed with its own ref and its own words. Every ref appears exactly once. Never merge two that contradict each other.",
    "List as a conflict each pair that cannot both be followed in the same answer, and say why in one sentence for the experts who will decide.",
    'Reply with one JSON object and nothing else: {"guidelines": [{"text": "…", "mergedFrom": ["G1", "G3"]}], "conflicts": [{"between": ["G1", "G2"], "why": "…"}]}.',
  ].join("\n\n");
  const user = guidelines.flatMap((guideline, index) => {
    const ref = `G${index + 1}`;
    return [
      fenceData("guideline", guideline.text, ref),
      fenceData("guideline-support", String(guideline.sourceLabelIds.length), ref),
    ];
  });
  return [
    { role: "system", content: system },
    { role: "user", content: user.join("\n\n") },
  ];
}

function readReply(reply: string): Parsed<ConsolidateReply> {
  const parsed = parseJsonObject(reply);
  if (!parsed.ok) return parsed;
  const { guidelines, conflicts } = parsed.value;
  if (!Array.isArray(guidelines)) return { ok: false, problem: '"guidelines" must be a list.' };
  const groups = guidelines.map((entry: { text?: unknown; mergedFrom?: unknown } | null) => ({
    text: typeof entry?.text === "string" ? entry.text.trim() : "",
    refs: Array.isArray(entry?.mergedFrom) ? entry.mergedFrom.map(String) : [],
  }));
  const pairs = (Array.isArray(conflicts) ? conflicts : []).map(
    (entry: { between?: unknown; why?: unknown } | null) => ({
      refs: Array.isArray(entry?.between) ? entry.between.map(String) : [],
      why: typeof entry?.why === "string" ? entry.why.trim() : "",
    }),
  );
  return { ok: true, value: { groups, conflicts: pairs } };
}

function applyReply(
  guidelines: readonly Guideline[],
  reply: ConsolidateReply,
): { guidelines: Guideline[]; conflicts: GuidelineConflict[]; dropped: DroppedGuideline[] } {
  const at = (ref: string): Guideline | undefined =>
    guidelines[Number(/^G(\d+)$/.exec(ref.trim())?.[1] ?? 0) - 1];
  const dropped: DroppedGuideline[] = [];
  /** Id of each guideline that went in → id of the one it is part of now. */
  const homes = new Map<string, string>();
  const merged: Guideline[] = [];
  for (const { text, refs } of reply.groups) {
    const members = [...new Set(refs.flatMap((ref) => at(ref) ?? []))].filter(
      (member) => !homes.has(member.id),
    );
    if (members.length === 0)
      dropped.push({ text, why: "The consolidation named no guideline that it comes from." });
    else merged.push(...mergeGroup(text, members, homes));
  }
  for (const guideline of guidelines) {
    if (homes.has(guideline.id)) continue;
    homes.set(guideline.id, guideline.id);
    merged.push(guideline);
  }
  const unique = mergeSameText(merged);
  const conflicts = conflictsOf(reply, (ref) => homeOf(at(ref), homes, unique));
  return {
    guidelines: unique.map((guideline) => withConflicts(guideline, conflicts, unique)),
    conflicts,
    dropped,
  };
}

/** One guideline of a group; those beyond the first that a person worded stay by themselves (SPEC CO3). */
function mergeGroup(text: string, members: readonly Guideline[], homes: Map<string, string>): Guideline[] {
  const fixed = members.filter((member) => member.editedByPerson || !member.active);
  const loose = members.filter((member) => !fixed.includes(member));
  const [first, ...others] = fixed;
  for (const other of others) homes.set(other.id, other.id);
  const words = text === "" || members.length === 1 ? (loose[0]?.text ?? "") : text;
  const [anchor] = loose;
  const home = first ?? (anchor && { ...anchor, text: words });
  if (home === undefined) return others;
  if (first) homes.set(first.id, first.id);
  for (const member of loose) homes.set(member.id, home.id);
  return [loose.reduce(withSources, home), ...others];
}

function withSources(home: Guideline, other: Guideline): Guideline {
  return { ...home, sourceLabelIds: uniqueIds([...home.sourceLabelIds, ...other.sourceLabelIds]) };
}

/** Where a guideline of the input ended, after groups and equal texts were merged. */
function homeOf(
  guideline: Guideline | undefined,
  homes: ReadonlyMap<string, string>,
  merged: readonly Guideline[],
): string | null {
  if (guideline === undefined) return null;
  const id = homes.get(guideline.id) ?? guideline.id;
  if (merged.some((one) => one.id === id)) return id;
  return merged.find((one) => foldedText(one.text) === foldedText(guideline.text))?.id ?? null;
}

function conflictsOf(reply: ConsolidateReply, idOf: (ref: string) => string | null): GuidelineConflict[] {
  const found = new Map<string, GuidelineConflict>();
  for (const { refs, why } of reply.conflicts) {
    const [a, b] = [idOf(refs[0] ?? ""), idOf(refs[1] ?? "")];
    if (refs.length !== 2 || a === null || b === null || a === b) continue;
    const guidelineIds: [string, string] = a < b ? [a, b] : [b, a];
    found.set(guidelineIds.join(" "), {
      guidelineIds,
      why: why === "" ? "They cannot both be followed." : why,
    });
  }
  return [...found.values()];
}

function withConflicts(
  guideline: Guideline,
  conflicts: readonly GuidelineConflict[],
  all: readonly Guideline[],
): Guideline {
  const found = conflicts
    .filter((conflict) => conflict.guidelineIds.includes(guideline.id))
    .flatMap((conflict) => conflict.guidelineIds.filter((id) => id !== guideline.id));
  const earlier = guideline.conflictsWith.filter((id) => all.some((other) => other.id === id));
  return { ...guideline, conflictsWith: uniqueIds([...earlier, ...found]) };
}

const CONSOLIDATE_SCHEMA = {
  type: "object",
  properties: {
    guidelines: {
      type: "array",
      items: {
        type: "object",
        properties: { text: { type: "string" }, mergedFrom: { type: "array", items: { type: "string" } } },
        required: ["text", "mergedFrom"],
        additionalProperties: false,
      },
    },
    conflicts: {
      type: "array",
      items: {
        type: "object",
        properties: { between: { type: "array", items: { type: "string" } }, why: { type: "string" } },
        required: ["between", "why"],
        additionalProperties: false,
      },
    },
  },
  required: ["guidelines", "conflicts"],
  additionalProperties: false,
};
