import { readDataSections } from "@/lib/util/fence";
import { type Rng, rngFrom } from "@/lib/util/rng";
import {
  bridgeLine,
  componentsOf,
  corruptedLine,
  fillerLine,
  holdsVariable,
  isFrame,
  partOf,
  partSaid,
  readCandidate,
  ruleLine,
} from "./prompt-reading";
import type { Regime } from "./regimes";
import type { World } from "./world";

const MAX_RULES_A_CALL = 3;
const UNUSABLE = 0.02;
/** Chance that a rule of another text is written into this one, where it does nothing. */
const MISPLACED = 0.08;
/** Chance that a line without a trace is taken out when a shorter text is asked for. */
const TAKEN_OUT = 0.7;

/** What a request for a better text says, whoever wrote it. */
interface Request {
  text: string;
  /** A second text whose strengths are wanted too; empty when there is none. */
  other: string;
  feedback: readonly string[];
  /** Whether it says which variables must stay. */
  namesVariables: boolean;
  /** Whether a shorter text is wanted, not a better one. */
  isToShorten: boolean;
  /** The answers shown. */
  outputs: readonly string[];
}

/**
 * The simulated reflection model: reads the current text and the gradings in its prompt, takes up to three rules that
 * are named as missed, and writes each down rightly, wrongly, or not at all. Now and then it loses a line, adds a
 * useless one, or answers nothing that can be used. Asked for a shorter text it takes lines out. The same reply for the
 * same prompt. It heeds neither hints nor rejected edits: no arm gains by asking for more.
 */
export function simulateReflection(world: World, prompt: string): string {
  const request = readRequest(prompt);
  const rng = rngFrom(world.seed, "reflect", prompt);
  if (rng.next() < UNUSABLE) return "I would rather not change this.";
  const { regime } = world;
  if (request.isToShorten) return inFence(shorterLines(regime, request, rng));
  const part = partSaid(request.text);
  const component = componentsOf(regime)[part] as string;
  const present = readCandidate(regime, { [component]: request.text });
  const named = namedRules(request.feedback);
  const own = named.filter((rule) => partOf(regime, rule) === part);
  const blamed = own.filter((rule) => present.correct.has(rule));
  const lines = keptLines(regime, request, named.length > 0, rng);
  const fresh = lines.filter((line) => !blamed.some((rule) => line === ruleLine(rule) && rng.next() < 0.1));
  const add = (line: string): void => void (fresh.includes(line) || fresh.push(line));
  for (const line of request.other.split("\n")) if (line !== "" && rng.next() < 0.6) add(line);
  for (const rule of own.filter((known) => !present.correct.has(known)).slice(0, MAX_RULES_A_CALL)) {
    const draw = rng.next();
    if (draw < regime.adopt) {
      const wrong = fresh.indexOf(corruptedLine(rule));
      if (wrong >= 0) fresh.splice(wrong, 1);
      add(ruleLine(rule));
    } else if (draw < regime.adopt + regime.misread) add(corruptedLine(rule));
  }
  for (const rule of named) if (partOf(regime, rule) !== part && rng.next() < MISPLACED) add(ruleLine(rule));
  const torn = world.conflicts.findIndex(([a, b]) => blamed.includes(a) || blamed.includes(b));
  if (torn >= 0 && rng.next() < 0.5) add(bridgeLine(torn));
  if (rng.next() < regime.filler) add(fillerLine(rng.int(1000)));
  return inFence(fresh);
}

/**
 * It knows what anyone could see in the request: a line whose step is named in an answer or a grading is at work, any
 * other line has left no trace and mostly goes, a useful one for a question that is not shown too.
 */
function shorterLines(regime: Regime, request: Request, rng: Rng): string[] {
  const shown = [...request.outputs, ...request.feedback].join("\n");
  const named = new Set(Array.from(shown.matchAll(STEP), ([, step]) => step));
  const isAtWork = (line: string): boolean => [...line.matchAll(STEP)].some(([, step]) => named.has(step));
  const [title = "", ...kept] = keptLines(regime, request, true, rng);
  return [title, ...kept.filter((line) => isFrame(line) || isAtWork(line) || rng.next() >= TAKEN_OUT)];
}

const STEP = /step (\d+)/gi;

function inFence(lines: readonly string[]): string {
  return `\`\`\`component\n${lines.join("\n")}\n\`\`\``;
}

function keptLines(regime: Regime, request: Request, isRewritten: boolean, rng: Rng): string[] {
  const drop = request.namesVariables ? regime.dropVariableWhenTold : regime.dropVariable;
  return request.text.split("\n").filter((line) => {
    if (holdsVariable(line)) return rng.next() >= drop;
    return line.trim() === "" || isFrame(line) || !isRewritten || rng.next() >= regime.loss;
  });
}

/** Our prompt by its marked sections, else the published one: the text in the first fence, the examples in the second. */
function readRequest(prompt: string): Request {
  const sections = readDataSections(prompt);
  const textsOf = (wanted: string): string[] =>
    sections.filter(({ name }) => name === wanted).map((section) => section.text);
  const [text] = textsOf("component");
  if (text !== undefined)
    return {
      text,
      other: textsOf("other-component")[0] ?? "",
      feedback: textsOf("example-feedback"),
      namesVariables: textsOf("keep-variable").length > 0,
      isToShorten: textsOf("wanted-length").length > 0,
      outputs: textsOf("example-output"),
    };
  const [, current = "", examples = ""] =
    /```\n([\s\S]*?)\n```[\s\S]*?```\n([\s\S]*?)\n```/.exec(prompt) ?? [];
  const feedback = examples.split(/^# Example \d+$/m).flatMap((one) => one.split(/^## Feedback$/m)[1] ?? []);
  return { text: current, other: "", feedback, namesVariables: false, isToShorten: false, outputs: [] };
}

/** Rules that the gradings name as missed, the most often named first. */
function namedRules(feedback: readonly string[]): number[] {
  const counts = new Map<number, number>();
  for (const text of feedback)
    for (const [, rule] of text.matchAll(/Step (\d+) was not carried out/g))
      counts.set(Number(rule), (counts.get(Number(rule)) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([rule]) => rule);
}
