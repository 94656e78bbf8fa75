import { createDraws } from "./draws";
import { instructionsOf } from "./task/instructions";
import { planAnswer } from "./task/plan";
import { baseSentences, faultSentences } from "./task/prose";
import { readQuestion } from "./task/question";
import { realise } from "./task/realise";
import { sentencesOf } from "./text/sentences";
import type { SandboxCall } from "./types";

/**
 * Answers a question in prose. It carries out the orders that it finds in the system prompt, most of the time,
 * worse as the prompt grows or contradicts itself; it knows neither the expectations nor the field.
 */
export function answerTask(call: SandboxCall): string {
  const system = call.messages
    .filter((message) => message.role === "system")
    .map((message) => message.content)
    .join("\n\n");
  const question = readQuestion(call.messages);
  const draws = createDraws(call.seed, "task", question.text, call.sample);
  const instructions = instructionsOf(`${system}\n${ordersInQuestion(question.text)}`);
  const plan = planAnswer(instructions, system, question, draws);
  const spoken = plan.spoken.flatMap((instruction) => {
    const sentence = realise(instruction, question, draws);
    return sentence === null ? [] : [{ instruction, sentence }];
  });
  const opening = spoken.filter((one) => /^(?:start|begin|open|lead)$/.test(one.instruction.verb));
  const closing = spoken.filter((one) => isClosing(one.instruction.verb));
  const middle = spoken.filter((one) => !opening.includes(one) && !closing.includes(one));
  const faults = plan.faults.map((fault) => faultSentences(fault, question, draws));
  const body = [
    ...opening.map((one) => one.sentence),
    ...baseSentences(question, draws),
    ...woven(
      middle.map((one) => one.sentence),
      draws,
    ),
    ...faults.flat(),
    ...closing.map((one) => one.sentence),
  ];
  return inParagraphs(
    plan.maxSentences === null
      ? body
      : shortened(
          body,
          spoken.map((one) => one.sentence),
          plan.maxSentences,
        ),
  );
}

/** "Reply with the single word: ready" stands in the question when a connection is tried. */
function ordersInQuestion(text: string): string {
  return /^(?:reply|answer|respond|say) (?:only )?with\b/i.test(text) ? text : "";
}

function isClosing(verb: string): boolean {
  return /^(?:end|finish|close|ask|recommend|suggest|advise|propose)$/.test(verb);
}

const LINKS = ["Also, ", "Beyond that, ", "Besides, "];

/** Every third sentence or so gets a link to the one before, so that it reads as prose. */
function woven(sentences: readonly string[], draws: ReturnType<typeof createDraws>): string[] {
  return sentences.map((sentence, index) => {
    const canLink = index > 0 && /^(?:The|On|As|Here)\b/.test(sentence);
    if (!canLink || !draws.isBelow(0.3, "link", index)) return sentence;
    return `${draws.pick(LINKS, "link-of", index)}${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
  });
}

/** Drops what was not asked for first, from the end, when the answer has to be short. */
function shortened(body: readonly string[], asked: readonly string[], maxSentences: number): string[] {
  const isAsked = (sentence: string): boolean =>
    asked.some((one) => sentence.toLowerCase().includes(one.toLowerCase().slice(1)));
  const kept = [...body];
  for (let index = kept.length - 1; index > 0 && kept.length > maxSentences; index--) {
    if (!isAsked(kept[index] ?? "")) kept.splice(index, 1);
  }
  return kept.slice(0, Math.max(1, maxSentences));
}

const SENTENCES_A_PARAGRAPH = 4;
const MAX_SINGLE_PARAGRAPH = 6;

function inParagraphs(sentences: readonly string[]): string {
  const whole = sentences.flatMap((sentence) =>
    sentence.includes("\n") ? sentencesOf(sentence) : [sentence],
  );
  if (whole.length <= MAX_SINGLE_PARAGRAPH) return whole.join(" ");
  const paragraphs: string[] = [];
  for (let start = 0; start < whole.length; start += SENTENCES_A_PARAGRAPH) {
    paragraphs.push(whole.slice(start, start + SENTENCES_A_PARAGRAPH).join(" "));
  }
  return paragraphs.join("\n\n");
}
