import { fenceData } from "@/lib/util/fence";
import { createSandboxHandler, type SandboxHandler } from "../handler";

/** A record of a small test project: a question and what a good answer to it does. */
export interface TestRecord {
  key: string;
  inputs: string;
  expectations: string;
}

interface Message {
  role: string;
  content: string;
}

export interface Graded {
  record: TestRecord;
  output: string;
  value: number;
  rationale: string;
}

const SCALE = JSON.stringify({ kind: "numeric", min: 1, max: 5, step: 1 });

/** Expectations in the layout of a judge prompt. */
export function expectationsText(
  response: string,
  facts: readonly string[],
  mustNever: readonly string[] = [],
): string {
  const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join("\n");
  const parts = [`What a good answer does: ${response}`];
  if (facts.length > 0) parts.push(`Must mention:\n${list(facts)}`);
  if (mustNever.length > 0) parts.push(`Must never:\n${list(mustNever)}`);
  return parts.join("\n");
}

/** The simulated models without a client around them, for tests of their behaviour. */
export function createWorld(seed: string): {
  ask(messages: readonly Message[], model?: string, sample?: number): Promise<string>;
  grade(prompt: string, record: TestRecord, guidelines?: readonly string[]): Promise<Graded>;
  judge(
    record: TestRecord,
    output: string,
    guidelines?: readonly string[],
  ): Promise<{ value: number; rationale: string }>;
  reflect(
    prompt: string,
    graded: readonly Graded[],
    guidelines: readonly string[],
    rejected?: readonly string[],
  ): Promise<string>;
} {
  const handler = createSandboxHandler({ seed, delayMs: 0, apiKey: null });
  const ask = (messages: readonly Message[], model = "sim-judge", sample = 0): Promise<string> =>
    chat(handler, messages, model, sample);
  const judge = async (
    record: TestRecord,
    output: string,
    guidelines: readonly string[] = [],
  ): Promise<{ value: number; rationale: string }> => {
    const sections = [
      fenceData("scale", SCALE),
      ...guidelines.map((text, index) => fenceData("guideline", text, `G${index + 1}`)),
      fenceData("inputs", record.inputs),
      fenceData("outputs", output),
      fenceData("expectations", record.expectations),
    ];
    return JSON.parse(await ask([{ role: "user", content: sections.join("\n\n") }])) as {
      value: number;
      rationale: string;
    };
  };
  return {
    ask,
    judge,
    grade: async (prompt, record, guidelines = []) => {
      const output = await ask(
        [
          { role: "system", content: prompt },
          { role: "user", content: record.inputs },
        ],
        "sim-task",
      );
      return { record, output, ...(await judge(record, output, guidelines)) };
    },
    reflect: (prompt, graded, guidelines, rejected = []) => {
      const sections = [
        fenceData("component", prompt, "system"),
        ...guidelines.map((text, index) => fenceData("guideline", text, `G${index + 1}`)),
        ...graded.flatMap((one, index) => [
          fenceData("example-inputs", one.record.inputs, `E${index + 1}`),
          fenceData("example-expectations", one.record.expectations, `E${index + 1}`),
          fenceData("example-output", one.output, `E${index + 1}`),
          fenceData("example-score", `${((one.value - 1) / 4).toFixed(2)} of 1`, `E${index + 1}`),
          fenceData("example-feedback", one.rationale, `E${index + 1}`),
        ]),
        ...rejected.map((edit) => fenceData("rejected-edit", edit)),
      ];
      return ask([{ role: "user", content: sections.join("\n\n") }], "sim-reflect");
    },
  };
}

async function chat(
  handler: SandboxHandler,
  messages: readonly Message[],
  model: string,
  sample: number,
): Promise<string> {
  const response = await handler(
    new Request("http://sandbox.invalid/v1/chat/completions", {
      method: "POST",
      headers: { "x-touchstone-sample": String(sample) },
      body: JSON.stringify({ model, messages }),
    }),
  );
  const body = (await response.json()) as { choices: { message: { content: string } }[] };
  const content = body.choices[0]?.message.content;
  if (content === undefined) throw new Error(`simulated models answered ${response.status}`);
  return content;
}

/** The text and the listed changes of a reflection's reply, or null when it cannot be used. */
export function readReflection(reply: string): { text: string; changes: unknown } | null {
  const match = /^(`{3,})component\n([\s\S]*?)\n\1\n\n```changes\n([\s\S]*?)\n```$/.exec(reply);
  return match?.[2] === undefined || match[3] === undefined
    ? null
    : { text: match[2], changes: JSON.parse(match[3]) };
}

export interface LoopResult {
  seedMean: number;
  finalMean: number;
  prompt: string;
  /** Best mean on the practice records after each proposal. */
  curve: number[];
}

/** A bare hill climb, no engine: reflect on the worst answers, keep the text when the mean rises. */
export async function climb(
  world: ReturnType<typeof createWorld>,
  startingPrompt: string,
  practice: readonly TestRecord[],
  rounds: number,
  guidelines: readonly string[] = [],
): Promise<LoopResult> {
  const score = (prompt: string): Promise<Graded[]> =>
    Promise.all(practice.map((record) => world.grade(prompt, record, guidelines)));
  let best = { prompt: startingPrompt, graded: await score(startingPrompt) };
  const seedMean = meanOf(best.graded);
  const curve = [seedMean];
  const rejected: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const ordered = [...best.graded].sort((a, b) => a.value - b.value);
    const shown = Array.from(
      { length: Math.min(6, ordered.length) },
      (_, index) => ordered[(index + round) % ordered.length] as Graded,
    );
    const proposal = readReflection(await world.reflect(best.prompt, shown, guidelines, rejected));
    if (proposal !== null && proposal.text !== best.prompt) {
      const graded = await score(proposal.text);
      if (meanOf(graded) > meanOf(best.graded)) best = { prompt: proposal.text, graded };
      else rejected.push(proposal.text.slice(best.prompt.length).trim());
    }
    curve.push(meanOf(best.graded));
  }
  return { seedMean, finalMean: meanOf(best.graded), prompt: best.prompt, curve };
}

export function meanOf(graded: readonly { value: number }[]): number {
  return graded.reduce((total, one) => total + one.value, 0) / graded.length;
}
