import { drawFrom, rngFrom } from "@/lib/util/rng";

/** What makes one kind of simulated task. Probabilities are per rule unless said. */
export interface Regime {
  name: string;
  rules: number;
  topics: number;
  records: number;
  /** Chance that the judge sees a rule's verdict wrongly. */
  noise: number;
  /** Chance that the judge's words name a rule that was missed. */
  mention: number;
  /** Chance that the reflection turns a named rule into a correct sentence. */
  adopt: number;
  /** Chance that it writes the rule down wrongly. */
  misread: number;
  /** Chance that a rule already in the text is lost in a rewrite. */
  loss: number;
  /** Chance of one useless sentence a reflection. */
  filler: number;
  /** Pairs of rules that halve each other while both are there without the bridging sentence. */
  conflicts: number;
  /** Lines the task model carries out without loss, and how much of each rule a further line costs. */
  lines: number;
  dilution: number;
}

const PLAIN: Regime = {
  name: "plain",
  rules: 12,
  topics: 4,
  records: 22,
  noise: 0.08,
  mention: 0.85,
  adopt: 0.6,
  misread: 0.12,
  loss: 0.04,
  filler: 0.3,
  conflicts: 0,
  lines: 20,
  dilution: 0.01,
};

/** The regimes of the engine benchmark. All are printed; none is averaged away. */
export const REGIMES: readonly Regime[] = [
  PLAIN,
  { ...PLAIN, name: "rules16", rules: 16, topics: 6 },
  { ...PLAIN, name: "noisy", noise: 0.2, mention: 0.6 },
  { ...PLAIN, name: "conflict", conflicts: 3, filler: 0.5 },
  { ...PLAIN, name: "hard", adopt: 0.4, misread: 0.2, rules: 18, topics: 6, records: 30 },
  { ...PLAIN, name: "bloat", lines: 8, dilution: 0.04, filler: 0.7 },
];

/** One record of a world and the rules a good answer follows. */
export interface WorldRecord {
  id: string;
  topic: number;
  needs: readonly number[];
}

export interface World {
  regime: Regime;
  seed: number;
  records: readonly WorldRecord[];
  heldOut: readonly WorldRecord[];
  conflicts: readonly (readonly [number, number])[];
}

const HELD_OUT = 200;

export function createWorld(regime: Regime, seed: number): World {
  const rng = rngFrom(seed, regime.name, "world");
  const common = Array.from({ length: Math.ceil(regime.rules / 6) }, (_, rule) => rule);
  const recordOf = (id: string): WorldRecord => {
    const topic = rng.int(regime.topics);
    const own = Array.from({ length: regime.rules }, (_, rule) => rule).filter(
      (rule) => !common.includes(rule) && rule % regime.topics === topic,
    );
    const needs = new Set([
      ...rng.shuffle(own).slice(0, 1 + rng.int(2)),
      ...rng.shuffle(common).slice(0, 1 + rng.int(common.length)),
    ]);
    return { id, topic, needs: [...needs] };
  };
  const records = Array.from({ length: regime.records }, (_, index) => recordOf(`r${index}`));
  const heldOut = Array.from({ length: HELD_OUT }, (_, index) => recordOf(`h${index}`));
  const order = rng.shuffle(Array.from({ length: regime.rules }, (_, rule) => rule));
  const conflicts = Array.from(
    { length: regime.conflicts },
    (_, index) => [order[2 * index] as number, order[2 * index + 1] as number] as const,
  );
  return { regime, seed, records, heldOut, conflicts };
}

/** What a prompt holds, line by line. */
export interface PromptReading {
  correct: ReadonlySet<number>;
  corrupted: ReadonlySet<number>;
  bridged: ReadonlySet<number>;
  lines: number;
}

export const ruleLine = (rule: number): string => `Always carry out step ${rule} in full.`;
export const corruptedLine = (rule: number): string => `Carry out step ${rule} only when asked.`;
export const bridgeLine = (pair: number): string => `Where both apply, settle case ${pair} first.`;
export const fillerLine = (index: number): string => `Keep remark ${index} in mind.`;

export function readPrompt(text: string): PromptReading {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const found = (pattern: RegExp): Set<number> =>
    new Set(lines.flatMap((line) => (pattern.exec(line)?.[1] ? [Number(pattern.exec(line)?.[1])] : [])));
  return {
    correct: found(/^Always carry out step (\d+) in full\.$/),
    corrupted: found(/^Carry out step (\d+) only when asked\.$/),
    bridged: found(/^Where both apply, settle case (\d+) first\.$/),
    lines: lines.length,
  };
}

/** Chance that an answer follows a rule under a prompt. */
export function chanceOf(world: World, prompt: PromptReading, rule: number): number {
  const { lines, dilution } = world.regime;
  const focus = Math.max(0.6, 1 - dilution * Math.max(0, prompt.lines - lines));
  const isCorrect = prompt.correct.has(rule);
  const isCorrupted = prompt.corrupted.has(rule);
  const base = isCorrect ? (isCorrupted ? 0.5 : 0.95) : isCorrupted ? 0.05 : 0.15;
  const pair = world.conflicts.findIndex(([a, b]) => a === rule || b === rule);
  const other = world.conflicts[pair]?.find((member) => member !== rule);
  const isTorn = other !== undefined && isCorrect && prompt.correct.has(other) && !prompt.bridged.has(pair);
  return base * focus * (isTorn ? 0.5 : 1);
}

/** Expected score on records nobody trains on: what the benchmark reports. */
export function trueQuality(world: World, text: string): number {
  const prompt = readPrompt(text);
  const scoreOf = ({ needs }: WorldRecord): number =>
    needs.reduce((total, rule) => total + chanceOf(world, prompt, rule), 0) / needs.length;
  return world.heldOut.reduce((total, record) => total + scoreOf(record), 0) / world.heldOut.length;
}

/** True quality of the text that holds every rule and every bridge and nothing else. */
export function attainableQuality(world: World): number {
  const rules = Array.from({ length: world.regime.rules }, (_, rule) => ruleLine(rule));
  return trueQuality(world, [...rules, ...world.conflicts.map((_, pair) => bridgeLine(pair))].join("\n"));
}

export const SEED_TEXT = "Answer the question.";

/** One answer and its grade; the same for the same text, record and sample. */
export function rollOut(world: World, text: string, record: WorldRecord, sample: number) {
  const prompt = readPrompt(text);
  const { noise, mention } = world.regime;
  const chance = (purpose: string, rule: number): number =>
    drawFrom(world.seed, purpose, text, record.id, rule, sample);
  const shown = record.needs.filter((rule) => chance("task", rule) < chanceOf(world, prompt, rule));
  const judged = record.needs.filter((rule) => shown.includes(rule) !== chance("judge", rule) < noise);
  const missed = record.needs.filter((rule) => !judged.includes(rule));
  const named = missed.filter((rule) => chance("mention", rule) < mention);
  const score = Math.round((4 * judged.length) / record.needs.length) / 4;
  const feedback =
    missed.length === 0
      ? "Nothing is missing."
      : ["Something is missing.", ...named.map((rule) => `Step ${rule} was not carried out.`)].join(" ");
  return { score, output: `Did ${shown.join(", ") || "nothing"}.`, feedback };
}
