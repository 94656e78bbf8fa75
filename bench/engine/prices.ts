import type { Candidate } from "@/lib/gepa/types";

/** Dollars a million tokens, in and out. Fixed, so that tables of different days can be compared. */
export const PRICES = {
  task: { in: 0.15, out: 0.6 },
  judge: { in: 0.15, out: 0.6 },
  reflection: { in: 3, out: 15 },
} as const;

/** Length of what a judge is told beside question, answer and prompt: scale, guidelines, remembered labels. */
const JUDGE_FRAME_CHARS = 2400;

/** Four characters are a token, rounded up. */
export function tokensOf(chars: number): number {
  return Math.ceil(chars / 4);
}

function dollars(role: keyof typeof PRICES, charsIn: number, charsOut: number): number {
  const price = PRICES[role];
  return (tokensOf(charsIn) * price.in + tokensOf(charsOut) * price.out) / 1_000_000;
}

/** The task call and the judge call of one rollout. */
export function rolloutDollars(
  candidate: Candidate,
  question: string,
  { output, feedback }: { output: string; feedback: string },
): number {
  const prompt = Object.values(candidate).reduce((total, text) => total + text.length, 0);
  return (
    dollars("task", prompt + question.length, output.length) +
    dollars("judge", JUDGE_FRAME_CHARS + question.length + output.length, feedback.length)
  );
}

export function reflectionDollars(promptChars: number, replyChars: number): number {
  return dollars("reflection", promptChars, replyChars);
}
