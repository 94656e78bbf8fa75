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

test("asked for a shorter text it keeps what is named in an answer or a grading, and mostly drops the rest", () => {
  const text = [1, 2, 3].map((step) => `Always carry out step ${step} in full.`).join("\n");
  const ask = (index: number): string =>
    [
      ours(`Answer the question.\n${text}\nKeep remark ${index} in mind.`, "Step 2 was not carried out."),
      fenceData("example-output", "As to step 1: it was carried out in full.", "E1"),
      fenceData("wanted-length", "90 characters"),
    ].join("\n");
  for (const kept of ["Answer the question.", "step 1 in full", "step 2 in full"])
    expect(shareOf(kept, "plain", ask)).toBeGreaterThan(0.9);
  for (const dropped of ["step 3 in full", "Keep remark"]) {
    expect(shareOf(dropped, "plain", ask)).toBeGreaterThan(0.2);
    expect(shareOf(dropped, "plain", ask)).toBeLessThan(0.4);
  }
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
