import type { Candidate } from "@/lib/gepa/types";
import type { Regime } from "./regimes";

/** What a candidate holds, line by line. */
export interface PromptReading {
  correct: ReadonlySet<number>;
  corrupted: ReadonlySet<number>;
  bridged: ReadonlySet<number>;
  lines: number;
  /** False when a variable is missing: the question never reaches the assistant. */
  isComplete: boolean;
}

export const ruleLine = (rule: number): string => `Always carry out step ${rule} in full.`;
export const corruptedLine = (rule: number): string => `Carry out step ${rule} only when asked.`;
export const bridgeLine = (pair: number): string => `Where both apply, settle case ${pair} first.`;
export const fillerLine = (index: number): string => `Keep remark ${index} in mind.`;

const PART_NAMES = ["opening", "method", "closing"];

/** Names of the texts of a candidate. */
export function componentsOf({ parts }: Regime): string[] {
  return parts === 1 ? ["system"] : PART_NAMES.slice(0, parts);
}

/** The text in which a rule works. */
export function partOf(regime: Regime, rule: number): number {
  return rule % regime.parts;
}

/** Where every run starts. */
export function seedCandidate(regime: Regime): Candidate {
  const variables = regime.variables.map((name) => `${name}: {{${name}}}`);
  return Object.fromEntries(
    componentsOf(regime).map((name, part) => [
      name,
      [
        regime.parts === 1 ? "Answer the question." : `Part ${part + 1} of the instructions.`,
        ...variables,
      ].join("\n"),
    ]),
  );
}

/** The part that a text says it is; 0 where it says nothing. */
export function partSaid(text: string): number {
  const found = /^Part (\d+) of the instructions\.$/m.exec(text);
  return found === null ? 0 : Number(found[1]) - 1;
}

/** Lines that a rewrite does not lose by accident: what a text is, and its variables. */
export const isFrame = (line: string): boolean => line.startsWith("Part ") || holdsVariable(line);
export const holdsVariable = (line: string): boolean => /\{\{\s*\w+\s*\}\}/.test(line);

const known = new WeakMap<Candidate, PromptReading>();

/** Read once for each candidate object: a candidate is rolled out many times. */
export function readCandidate(regime: Regime, candidate: Candidate): PromptReading {
  const reading = known.get(candidate) ?? readAfresh(regime, candidate);
  known.set(candidate, reading);
  return reading;
}

function readAfresh(regime: Regime, candidate: Candidate): PromptReading {
  const correct = new Set<number>();
  const corrupted = new Set<number>();
  const bridged = new Set<number>();
  let lines = 0;
  for (const [part, name] of componentsOf(regime).entries()) {
    for (const line of (candidate[name] ?? "").split("\n")) {
      if (line.trim() === "") continue;
      lines += 1;
      addWhen(correct, /^Always carry out step (\d+) in full\.$/, line, part, regime);
      addWhen(corrupted, /^Carry out step (\d+) only when asked\.$/, line, part, regime);
      const bridge = /^Where both apply, settle case (\d+) first\.$/.exec(line);
      if (bridge !== null) bridged.add(Number(bridge[1]));
    }
  }
  const all = Object.values(candidate).join("\n");
  const isComplete = regime.variables.every((name) => new RegExp(`\\{\\{\\s*${name}\\s*\\}\\}`).test(all));
  return { correct, corrupted, bridged, lines, isComplete };
}

function addWhen(found: Set<number>, pattern: RegExp, line: string, part: number, regime: Regime): void {
  const match = pattern.exec(line);
  if (match !== null && partOf(regime, Number(match[1])) === part) found.add(Number(match[1]));
}
