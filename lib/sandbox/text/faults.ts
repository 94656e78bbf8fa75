import { wordCount } from "./sentences";

/** Weaknesses that answers of any field show, and that people complain about in any field. */
export type Fault = "guess" | "padding" | "overconfidence" | "jargon" | "no-commitment";

export const FAULTS: readonly Fault[] = ["guess", "padding", "overconfidence", "jargon", "no-commitment"];

interface FaultRules {
  /** Ideas of an instruction, guideline or complaint that is about this fault. */
  ideas: readonly string[];
  /** … or these words in it. */
  words: RegExp;
  /** Whether a text shows the fault. */
  isShownBy(text: string): boolean;
}

/** Above this an answer counts as padded, when nobody named a limit. */
const LONG_WORDS = 130;

const RULES: Readonly<Record<Fault, FaultRules>> = {
  guess: {
    ideas: ["~guess"],
    words: /\b(made up|make up|making up|pure opinion|out of thin air|no data|not in the data)\b/i,
    isShownBy: (text) =>
      /\b(my guess|i would guess|just a hunch|nothing at hand|off the top of my head|presumably)\b/i.test(
        text,
      ),
  },
  padding: {
    ideas: ["~short", "~long", "padd", "repeat", "repetit"],
    words:
      /\b(too (?:long|much)|to the point|waffle|fluff|filler|half the length|in (?:one|two|three|four) sentences?)\b/i,
    isShownBy: (text) =>
      wordCount(text) > LONG_WORDS ||
      /\b(many ways to look at|as so often|it is worth remembering that)\b/i.test(text),
  },
  overconfidence: {
    ideas: ["~certain"],
    words: /\b(too sure|oversold|oversells|guarantee[sd]?|as (?:a )?fact)\b/i,
    isShownBy: (text) => /\b(without any doubt|will certainly|always works|guaranteed to)\b/i.test(text),
  },
  jargon: {
    ideas: ["~jargon"],
    words: /\b(plain (?:words|language|english)|spell(?:ed|s)? out|abbreviat|acronym|unexplained)\b/i,
    isShownBy: (text) => /\b[A-Z]{3,5} index\b/.test(text),
  },
  "no-commitment": {
    ideas: ["commit", "hedg", "wishy-washy", "decid", "decis"],
    words:
      /\b(sits on the fence|on the fence|clear answer|straight answer|commits? to|yes or no|takes? a (?:side|position))\b/i,
    isShownBy: (text) => /\b(could go either way|no single answer|it depends on many things)\b/i.test(text),
  },
};

/** The fault that a text (an instruction, a guideline, a complaint) is about, if any. */
export function faultNamedBy(text: string, ideas: ReadonlySet<string>): Fault | null {
  return (
    FAULTS.find(
      (fault) => RULES[fault].words.test(text) || RULES[fault].ideas.some((idea) => ideas.has(idea)),
    ) ?? null
  );
}

export function showsFault(fault: Fault, text: string): boolean {
  return RULES[fault].isShownBy(text);
}
