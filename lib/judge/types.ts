/**
 * The judge's vocabulary. One scale object is read by the label form, the judge's output schema, the
 * parser and the normaliser (product.md, "What is true everywhere").
 */

/** Fixed for a judge's life: another scale is another judge. */
export type Scale =
  | { kind: "numeric"; min: number; max: number; step: number }
  | { kind: "boolean"; trueLabel: string; falseLabel: string }
  | { kind: "categories"; ordered: boolean; values: readonly string[] };

/** A value on a scale: a number, true/false, or one of the categories. */
export type ScaleValue = number | boolean | string;

/** Meaning of a grade ("2: right idea, not usable"). Data, not prose; may change by version. */
export interface Anchor {
  value: ScaleValue;
  meaning: string;
}

/** Semantic memory: one lesson distilled from labels, always with at least one source (SPEC GL2). */
export interface Guideline {
  id: string;
  text: string;
  sourceLabelIds: readonly string[];
  active: boolean;
  /** Ids of guidelines it contradicts, as found by consolidation. */
  conflictsWith: readonly string[];
  editedByPerson: boolean;
}

/** Episodic memory: a labelled answer, retrieved by inputs and outputs (never the case itself). */
export interface Episode {
  labelId: string;
  traceId: string;
  recordId: string;
  inputs: string;
  outputs: string;
  value: ScaleValue;
  reason: string;
  /** Embedding of inputs + outputs; null where retrieval is lexical. */
  vector: readonly number[] | null;
}

/** Everything that decides a verdict, as an immutable snapshot. */
export interface JudgeSnapshot {
  judgeId: string;
  versionId: string;
  name: string;
  scale: Scale;
  anchors: readonly Anchor[];
  /** The lowest value that is good enough, or null when no line was set. */
  goodEnough: ScaleValue | null;
  instructions: string;
  guidelines: readonly Guideline[];
  episodes: readonly Episode[];
  retrieval: { kind: "lexical" } | { kind: "embedding"; model: string };
  rule: RuleSpec | null;
}

/** Rule judges: boolean, free, never aligned. */
export type RuleSpec =
  | { kind: "contains"; text: string; caseSensitive: boolean }
  | { kind: "never-contains"; text: string; caseSensitive: boolean }
  | { kind: "pattern"; pattern: string }
  | { kind: "length"; minWords: number | null; maxWords: number | null }
  | { kind: "json-schema"; schema: unknown }
  | { kind: "tool-called"; tool: string; expected: boolean };

/** The case put before a judge, as text. */
export interface JudgeCase {
  traceId: string | null;
  recordId: string;
  inputs: string;
  outputs: string;
  expectations: string;
  /** What the agent did on the way (tools, arguments, results), rendered; null when it did not say. */
  steps: string | null;
}

export type Verdict =
  | { status: "graded"; value: ScaleValue; rationale: string; normalised: number }
  | { status: "failed"; cause: string; rawReply: string | null };

/** One label as alignment sees it. */
export interface TeachingLabel {
  labelId: string;
  traceId: string;
  recordId: string;
  expertId: string;
  value: ScaleValue;
  reason: string;
  inputs: string;
  outputs: string;
  expectations: string;
  tags: readonly string[];
  /** What the agent did on the way, rendered (`renderSteps`); absent or null when it did not say. */
  steps?: string | null;
}
