import { fenceData } from "@/lib/util/fence";
import { askJson } from "./ask-json";
import { DATA_RULE, promptValue, scaleSection } from "./assemble";
import { fingerprint } from "./fingerprint";
import { type Parsed, parseJsonObject } from "./parse";
import type { JudgeMessage, JudgeModel } from "./ports";
import type { Guideline, JudgeSnapshot, TeachingLabel } from "./types";

/** Labels in one batch at most, and characters of their texts (about 20 000 tokens). */
export const MAX_BATCH_LABELS = 50;
export const MAX_BATCH_CHARS = 80_000;
/** One text of a label is shown up to here. */
const MAX_TEXT_CHARS = 6_000;
const MAX_GUIDELINE_CHARS = 1_000;

/** A lesson as the model worded it, before it has an id. */
export interface DistilledGuideline {
  text: string;
  sourceLabelIds: string[];
}

export interface DroppedGuideline {
  text: string;
  why: string;
}

export type DistilledBatch =
  | { status: "distilled"; guidelines: DistilledGuideline[]; dropped: DroppedGuideline[]; modelCalls: number }
  | { status: "failed"; cause: string; modelCalls: number };

/** Labels in batches of at most 50 and a bounded number of characters, in their order (SPEC DI1). */
export function planBatches(labels: readonly TeachingLabel[]): TeachingLabel[][] {
  const batches: TeachingLabel[][] = [];
  let chars = 0;
  for (const label of labels) {
    const size = [label.inputs, label.outputs, label.reason].reduce(
      (total, text) => total + shortened(text).length,
      0,
    );
    const open = batches.at(-1);
    if (open && open.length < MAX_BATCH_LABELS && chars + size <= MAX_BATCH_CHARS) {
      open.push(label);
      chars += size;
    } else {
      batches.push([label]);
      chars = size;
    }
  }
  return batches;
}

/** Asks for the guidelines behind one batch of labels. Equal batches have equal call keys, so a retry buys nothing twice. */
export async function distilBatch(
  base: JudgeSnapshot,
  existing: readonly Guideline[],
  batch: readonly TeachingLabel[],
  model: JudgeModel,
  signal: AbortSignal,
): Promise<DistilledBatch> {
  const messages = distilMessages(base, existing, batch);
  const callKey = `distil:${fingerprint(...messages.map((message) => message.content))}`;
  const schema = { name: "guidelines", schema: DISTIL_SCHEMA };
  const asked = await askJson(model, { callKey, purpose: "distil", messages, schema }, readDistilled, signal);
  if (asked.status === "failed")
    return { status: "failed", cause: asked.cause, modelCalls: asked.modelCalls };
  return { status: "distilled", ...withSources(asked.value, batch), modelCalls: asked.modelCalls };
}

/** The prompt of one batch (SPEC DI2): instructions, what is known already, then each label with a short ref. */
export function distilMessages(
  base: JudgeSnapshot,
  existing: readonly Guideline[],
  batch: readonly TeachingLabel[],
): JudgeMessage[] {
  const system = [
    "Experts graded answers and said why. You find the rules they grade by, so that a judge who reads your rules grades as they would.",
    DATA_RULE,
    "Write a guideline for each lesson the reasons hold: one rule, in one or two plain sentences, that tells a judge what to look for in an answer and what it means for the grade. Word it for answers in general, not for the one it came from; keep the experts' own terms, conditions and limits. Where a lesson holds only for some questions, say for which. What several experts want goes into one guideline; two lessons are two guidelines.",
    "Take lessons from the reasons, not from your own taste, and write nothing that no reason supports. Leave out what the sections `instructions` or `existing-guideline` say already.",
    'Reply with one JSON object and nothing else: {"guidelines": [{"text": "…", "sourceLabelIds": ["L1", …]}]}. sourceLabelIds are the refs of the labels whose reasons support the text; a guideline without one is thrown away. No new lesson: an empty list.',
  ].join("\n\n");
  const user = [
    scaleSection(base.scale),
    fenceData("instructions", base.instructions),
    ...existing.map((guideline, index) => fenceData("existing-guideline", guideline.text, `G${index + 1}`)),
    ...batch.flatMap((label, index) => labelSections(base, label, `L${index + 1}`)),
  ].join("\n\n");
  return [
    { role: "system", content: system },
    { role: "user", content: user },
  ];
}

function labelSections(base: JudgeSnapshot, label: TeachingLabel, ref: string): string[] {
  return [
    fenceData("label-inputs", shortened(label.inputs), ref),
    fenceData("label-outputs", shortened(label.outputs), ref),
    fenceData("label-grade", promptValue(base.scale, label.value), ref),
    fenceData("label-reason", shortened(label.reason), ref),
  ];
}

interface RawGuideline {
  text: string;
  refs: readonly string[];
}

function readDistilled(reply: string): Parsed<RawGuideline[]> {
  const parsed = parseJsonObject(reply);
  if (!parsed.ok) return parsed;
  const { guidelines } = parsed.value;
  if (!Array.isArray(guidelines)) return { ok: false, problem: '"guidelines" must be a list.' };
  const read: RawGuideline[] = [];
  for (const [index, entry] of guidelines.entries()) {
    const one = entry as { text?: unknown; sourceLabelIds?: unknown } | null;
    if (typeof one?.text !== "string")
      return { ok: false, problem: `entry ${index + 1} of "guidelines" has no "text".` };
    const refs = Array.isArray(one.sourceLabelIds) ? one.sourceLabelIds.map(String) : [];
    read.push({ text: one.text.trim(), refs });
  }
  return { ok: true, value: read };
}

/** Refs become label ids; a guideline without a valid one is dropped, and that is reported (SPEC GL2). */
function withSources(
  raw: readonly RawGuideline[],
  batch: readonly TeachingLabel[],
): { guidelines: DistilledGuideline[]; dropped: DroppedGuideline[] } {
  const guidelines: DistilledGuideline[] = [];
  const dropped: DroppedGuideline[] = [];
  for (const { text, refs } of raw) {
    const known = refs.flatMap(
      (ref) => batch[Number(/^L(\d+)$/.exec(ref.trim())?.[1] ?? 0) - 1]?.labelId ?? [],
    );
    const sourceLabelIds = [...new Set(known)];
    const why = whyDropped(text, refs, sourceLabelIds);
    if (why === null) guidelines.push({ text, sourceLabelIds });
    else dropped.push({ text: text.slice(0, MAX_GUIDELINE_CHARS), why });
  }
  return { guidelines, dropped };
}

function whyDropped(text: string, refs: readonly string[], sources: readonly string[]): string | null {
  if (text === "") return "It has no text.";
  if (text.length > MAX_GUIDELINE_CHARS) return `It is longer than ${MAX_GUIDELINE_CHARS} characters.`;
  if (sources.length > 0) return null;
  return refs.length === 0 ? "It names no label as its source." : "None of the labels it names was shown.";
}

function shortened(text: string): string {
  if (text.length <= MAX_TEXT_CHARS) return text;
  const half = MAX_TEXT_CHARS / 2;
  return `${text.slice(0, half)}\n[${text.length - MAX_TEXT_CHARS} characters left out]\n${text.slice(-half)}`;
}

const DISTIL_SCHEMA = {
  type: "object",
  properties: {
    guidelines: {
      type: "array",
      items: {
        type: "object",
        properties: {
          text: { type: "string" },
          sourceLabelIds: { type: "array", items: { type: "string" } },
        },
        required: ["text", "sourceLabelIds"],
        additionalProperties: false,
      },
    },
  },
  required: ["guidelines"],
  additionalProperties: false,
};
