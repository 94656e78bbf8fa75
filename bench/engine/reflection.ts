import { readDataSections } from "@/lib/util/fence";
import { rngFrom } from "@/lib/util/rng";
import { bridgeLine, corruptedLine, fillerLine, readPrompt, ruleLine, type World } from "./world";

const MAX_RULES_A_CALL = 3;
const UNUSABLE = 0.02;

/**
 * The simulated reflection model: reads the current text and the gradings in its prompt, takes up to three rules that
 * are named as missed, and writes each down rightly, wrongly, or not at all. Now and then it loses a line, adds a
 * useless one, or answers nothing that can be used. The same reply for the same prompt.
 */
export function simulateReflection(world: World, prompt: string): string {
  const sections = readDataSections(prompt);
  const text = sections.find(({ name }) => name === "component")?.text ?? "";
  const other = sections.find(({ name }) => name === "other-component")?.text ?? "";
  const feedback = sections.filter(({ name }) => name === "example-feedback").map((section) => section.text);
  const rng = rngFrom(world.seed, "reflect", prompt);
  if (rng.next() < UNUSABLE) return "I would rather not change this.";
  const { regime } = world;
  const present = readPrompt(text);
  const named = namedRules(feedback);
  const open = named.filter((rule) => !present.correct.has(rule));
  const blamed = named.filter((rule) => present.correct.has(rule));
  const lines = text
    .split("\n")
    .filter((line) => line.trim() === "" || named.length === 0 || rng.next() >= regime.loss);
  const fresh = lines.filter((line) => !blamed.some((rule) => line === ruleLine(rule) && rng.next() < 0.1));
  const add = (line: string): void => void (fresh.includes(line) || fresh.push(line));
  for (const line of other.split("\n")) if (line !== "" && rng.next() < 0.6) add(line);
  for (const rule of open.slice(0, MAX_RULES_A_CALL)) {
    const draw = rng.next();
    if (draw < regime.adopt) {
      const wrong = fresh.indexOf(corruptedLine(rule));
      if (wrong >= 0) fresh.splice(wrong, 1);
      add(ruleLine(rule));
    } else if (draw < regime.adopt + regime.misread) add(corruptedLine(rule));
  }
  const torn = world.conflicts.findIndex(([a, b]) => blamed.includes(a) || blamed.includes(b));
  if (torn >= 0 && rng.next() < 0.5) add(bridgeLine(torn));
  if (rng.next() < regime.filler) add(fillerLine(rng.int(1000)));
  return `\`\`\`component\n${fresh.join("\n")}\n\`\`\``;
}

/** Rules that the gradings name as missed, the most often named first. */
function namedRules(feedback: readonly string[]): number[] {
  const counts = new Map<number, number>();
  for (const text of feedback)
    for (const [, rule] of text.matchAll(/Step (\d+) was not carried out/g))
      counts.set(Number(rule), (counts.get(Number(rule)) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([rule]) => rule);
}
