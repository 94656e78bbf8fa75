import { expect, test } from "vitest";
import { fenceData } from "@/lib/util/fence";
import { simulateReflection } from "./reflection";
import { regimeOf } from "./regimes";
import { createWorld } from "./world";

const published = (text: string, ...feedback: string[]): string =>
  [
    "I provided an assistant with the following instructions:",
    "```",
    text,
    "```",
    "",
    "Examples:",
    "```",
    ...feedback.map(
      (words, index) => `# Example ${index + 1}\n## Inputs\nWhat?\n\n## Feedback\n${words}\n\n`,
    ),
    "```",
    "",
    "Provide the new instructions within ``` blocks.",
  ].join("\n");

const ours = (text: string, ...feedback: string[]): string =>
  [
    fenceData("component", text, "system"),
    ...feedback.map((words, index) => fenceData("example-feedback", words, `E${index + 1}`)),
  ].join("\n");

/** How often some reply of many worlds holds a line. */
function shareOf(line: string, regime: string, promptOf: (world: number) => string): number {
  const world = createWorld(regimeOf(regime), 1);
  const replies = Array.from({ length: 400 }, (_, index) => simulateReflection(world, promptOf(index)));
  return replies.filter((reply) => reply.includes(line)).length / replies.length;
}

test("both ways of asking are read alike", () => {
  const line = "Always carry out step 5 in full.";
  for (const form of [published, ours]) {
    const share = shareOf(line, "plain", (index) => form(`Note ${index}.`, "Step 5 was not carried out."));
    expect(share).toBeGreaterThan(0.5);
    expect(share).toBeLessThan(0.7);
  }
  expect(shareOf(line, "plain", (index) => ours(`Note ${index}.`, "Nothing is missing."))).toBe(0);
});

test("a variable is lost less often when the request names it", () => {
  const text = "Answer.\nquestion: {{question}}";
  const untold = shareOf("{{question}}", "variables", (index) => published(`${text}\nNote ${index}.`));
  const told = shareOf("{{question}}", "variables", (index) =>
    [ours(`${text}\nNote ${index}.`), fenceData("keep-variable", "{{ question }}")].join("\n"),
  );
  expect(untold).toBeLessThan(0.9);
  expect(told).toBeGreaterThan(untold + 0.03);
});

test("a text is given the rules that belong to it", () => {
  const ask = (index: number): string =>
    ours(
      `Part 2 of the instructions.\nNote ${index}.`,
      "Step 4 was not carried out. Step 5 was not carried out.",
    );
  expect(shareOf("step 4 in full", "parts", ask)).toBeGreaterThan(0.5);
  expect(shareOf("step 5 in full", "parts", ask)).toBeLessThan(0.15);
  expect(shareOf("Part 2 of the instructions.", "parts", ask)).toBeGreaterThan(0.95);
});
