import type { Candidate } from "@/lib/gepa/types";
import { drawFrom, rngFrom } from "@/lib/util/rng";
import {
  bridgeLine,
  componentsOf,
  isFrame,
  type PromptReading,
  partOf,
  readCandidate,
  ruleLine,
  seedCandidate,
} from "./prompt-reading";
import type { Regime } from "./regimes";
import { answerText, questionText } from "./world-texts";

/** One record of a world and the rules a good answer follows. */
export interface WorldRecord {
  id: string;
  question: string;
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
    return { id, question: questionText(seed, id), needs: [...needs] };
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
export function trueQuality(world: World, candidate: Candidate): number {
  const prompt = readCandidate(world.regime, candidate);
  if (!prompt.isComplete) return 0;
  const chances = Array.from({ length: world.regime.rules }, (_, rule) => chanceOf(world, prompt, rule));
  const scoreOf = ({ needs }: WorldRecord): number =>
    needs.reduce((total, rule) => total + (chances[rule] as number), 0) / needs.length;
  return world.heldOut.reduce((total, record) => total + scoreOf(record), 0) / world.heldOut.length;
}

/** The candidate that holds every rule where it belongs and every bridge, and nothing else. */
export function idealCandidate({ regime, conflicts }: World): Candidate {
  const rules = Array.from({ length: regime.rules }, (_, rule) => rule);
  const seed = seedCandidate(regime);
  return Object.fromEntries(
    componentsOf(regime).map((name, part) => {
      const own = rules.filter((rule) => partOf(regime, rule) === part).map(ruleLine);
      const bridges = part === 0 ? conflicts.map((_, pair) => bridgeLine(pair)) : [];
      return [name, [seed[name], ...own, ...bridges].join("\n")];
    }),
  );
}

const attainable = new WeakMap<World, number>();

/**
 * 1 in the tables: true quality of the best candidate that is found by taking lines out of the one with every rule, the
 * most harmful first. Where long prompts are carried out worse, that is not the one with every rule.
 */
export function attainableQuality(world: World): number {
  const known = attainable.get(world);
  if (known !== undefined) return known;
  let best = idealCandidate(world);
  let quality = trueQuality(world, best);
  for (;;) {
    const shorter = shorterCandidates(best).map((candidate) => ({
      candidate,
      quality: trueQuality(world, candidate),
    }));
    const top = shorter.reduce((a, b) => (b.quality > a.quality ? b : a));
    if (top.quality <= quality) break;
    best = top.candidate;
    quality = top.quality;
  }
  attainable.set(world, quality);
  return quality;
}

/** Every candidate with one line less that is not part of the frame. */
function shorterCandidates(candidate: Candidate): Candidate[] {
  return Object.entries(candidate).flatMap(([name, text]) => {
    const lines = text.split("\n");
    return lines.flatMap((line, index) =>
      isFrame(line) ? [] : [{ ...candidate, [name]: lines.toSpliced(index, 1).join("\n") }],
    );
  });
}

export interface WorldRollout {
  score: number;
  output: string;
  feedback: string;
}

/** One answer and its grade; the same for the same candidate, record and sample. */
export function rollOut(
  world: World,
  candidate: Candidate,
  record: WorldRecord,
  sample: number,
): WorldRollout {
  const prompt = readCandidate(world.regime, candidate);
  if (!prompt.isComplete)
    return {
      score: 0,
      output: "Please send me your question.",
      feedback: "The answer takes up nothing of what was asked.",
    };
  const { noise, mention } = world.regime;
  const text = Object.values(candidate).join("\n\n");
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
  return { score, output: answerText(record.id, shown), feedback };
}
