import { diffArrays, diffWordsWithSpace } from "diff";
import { type Sentence, splitSentences } from "./diff-sentences";

/** A run of words inside a changed sentence. */
export interface DiffWords {
  kind: "same" | "added" | "removed";
  text: string;
}

/** One sentence of the two texts, aligned. `before` or `after` is null where there is no counterpart. */
export interface DiffLine {
  /** Its place among the lines; for keys. */
  id: string;
  kind: "same" | "added" | "removed" | "changed";
  before: string | null;
  after: string | null;
  /** Words of both, in reading order; of an unchanged, new or removed sentence one run. */
  words: DiffWords[];
  /** What stands before it in its text: "" inside a line, else line breaks and list marks. */
  lead: string;
  /** Added here and removed elsewhere with the same words: it only changed its place. */
  isMoved: boolean;
}

type Line = Omit<DiffLine, "id" | "isMoved">;

export interface TextDiff {
  lines: DiffLine[];
  /** Sentences that differ; one that only moved counts once. */
  changed: number;
}

/** Sentences less alike than this are two, not one that was changed. */
const ALIKE = 0.34;

/**
 * What changed between two texts, word by word inside aligned sentences: a sentence that was moved on by one line is
 * no change, and a reworded one stands beside what it was. Pure.
 */
export function diffTexts(before: string, after: string): TextDiff {
  const [old, fresh] = [splitSentences(before), splitSentences(after)];
  const parts = diffArrays(
    old.map(({ text }) => text),
    fresh.map(({ text }) => text),
  );
  const lines: Line[] = [];
  let [oldIndex, freshIndex] = [0, 0];
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index];
    if (!part) break;
    const next = parts[index + 1];
    if (!part.added && !part.removed) {
      for (const sentence of fresh.slice(freshIndex, freshIndex + part.value.length))
        lines.push(sameLine(sentence));
      oldIndex += part.value.length;
      freshIndex += part.value.length;
      continue;
    }
    const isPair = next !== undefined && (part.added ? next.removed : next.added);
    const removed = part.removed ? part : isPair ? next : null;
    const added = part.added ? part : isPair ? next : null;
    const gone = old.slice(oldIndex, oldIndex + (removed?.value.length ?? 0));
    const come = fresh.slice(freshIndex, freshIndex + (added?.value.length ?? 0));
    lines.push(...alignBlock(gone, come));
    oldIndex += gone.length;
    freshIndex += come.length;
    if (isPair) index += 1;
  }
  const moved = movedLines(lines);
  return {
    lines: lines.map((line, index) => ({ ...line, id: String(index), isMoved: moved.has(index) })),
    changed: lines.filter(({ kind }) => kind !== "same").length - moved.size / 2,
  };
}

/** The same for each part of a prompt by itself, in the order in which agents read them. */
export function diffParts({
  baseline,
  components,
  layout,
}: {
  baseline: { components: Readonly<Record<string, string>> } | null;
  components: Readonly<Record<string, string>>;
  layout: readonly string[];
}): { name: string; diff: TextDiff }[] {
  return layout.map((name) => ({
    name,
    diff: diffTexts(baseline?.components[name] ?? "", components[name] ?? ""),
  }));
}

/** Places of lines that were removed here and added there word for word, always in pairs. */
function movedLines(lines: readonly Line[]): Set<number> {
  const gone = new Map<string, number[]>();
  for (const [index, { kind, before }] of lines.entries()) {
    if (kind !== "removed" || before === null) continue;
    gone.set(foldOf(before), [...(gone.get(foldOf(before)) ?? []), index]);
  }
  const moved = new Set<number>();
  for (const [index, { kind, after }] of lines.entries()) {
    const from = kind === "added" && after !== null ? gone.get(foldOf(after))?.shift() : undefined;
    if (from !== undefined) moved.add(from).add(index);
  }
  return moved;
}

function foldOf(text: string): string {
  return text.replace(/\s+/g, " ").trim().toLowerCase();
}

/** Pairs reworded sentences of one block in order, for the greatest likeness in all. */
function alignBlock(gone: readonly Sentence[], come: readonly Sentence[]): Line[] {
  const best = likenessTable(gone, come);
  const lines: Line[] = [];
  let [row, column] = [0, 0];
  while (row < gone.length || column < come.length) {
    const [old, fresh] = [gone[row], come[column]];
    const here = best[row]?.[column] ?? 0;
    if (
      old &&
      fresh &&
      isAlike(old.text, fresh.text) &&
      here > (best[row + 1]?.[column] ?? 0) &&
      here > (best[row]?.[column + 1] ?? 0)
    ) {
      lines.push(changedLine(old, fresh));
      row += 1;
      column += 1;
    } else if (old && (!fresh || (best[row + 1]?.[column] ?? 0) >= here)) {
      lines.push({
        kind: "removed",
        before: old.text,
        after: null,
        words: [{ kind: "removed", text: old.text }],
        lead: old.lead,
      });
      row += 1;
    } else if (fresh) {
      lines.push({
        kind: "added",
        before: null,
        after: fresh.text,
        words: [{ kind: "added", text: fresh.text }],
        lead: fresh.lead,
      });
      column += 1;
    }
  }
  return lines;
}

/** best[i][j] = greatest likeness of gone[i…] and come[j…]. */
function likenessTable(gone: readonly Sentence[], come: readonly Sentence[]): number[][] {
  const best = Array.from({ length: gone.length + 1 }, () => new Array<number>(come.length + 1).fill(0));
  for (let row = gone.length - 1; row >= 0; row -= 1) {
    for (let column = come.length - 1; column >= 0; column -= 1) {
      const likeness = alikeness(gone[row]?.text ?? "", come[column]?.text ?? "");
      const paired = likeness >= ALIKE ? likeness + (best[row + 1]?.[column + 1] ?? 0) : 0;
      (best[row] as number[])[column] = Math.max(
        paired,
        best[row + 1]?.[column] ?? 0,
        best[row]?.[column + 1] ?? 0,
      );
    }
  }
  return best;
}

const isAlike = (a: string, b: string): boolean => alikeness(a, b) >= ALIKE;

/** Share of common words, 0 to 1. */
function alikeness(a: string, b: string): number {
  const [old, fresh] = [new Set(wordsOf(a)), new Set(wordsOf(b))];
  const common = [...old].filter((word) => fresh.has(word)).length;
  const all = old.size + fresh.size - common;
  return all === 0 ? 0 : common / all;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function sameLine({ text, lead }: Sentence): Line {
  return { kind: "same", before: text, after: text, words: [{ kind: "same", text }], lead };
}

function changedLine(old: Sentence, fresh: Sentence): Line {
  const words = diffWordsWithSpace(old.text, fresh.text).map(
    ({ value, added, removed }): DiffWords => ({
      kind: added ? "added" : removed ? "removed" : "same",
      text: value,
    }),
  );
  return { kind: "changed", before: old.text, after: fresh.text, words, lead: fresh.lead };
}
