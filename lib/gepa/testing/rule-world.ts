import { readDataSections } from "@/lib/util/fence";
import { drawFrom } from "@/lib/util/rng";
import type { ReflectorReply } from "../ports";
import type { Example, Rollout, RolloutRequest } from "../types";
import { componentIn, examplesOf, replyWith, scored } from "./fakes";

/** A tiny world without chance: an answer follows the rules that stand in the text, one a line. */
export interface RuleWorld {
  examples: Example[];
  evaluate(request: RolloutRequest): Rollout;
  reflect(prompt: string): ReflectorReply;
}

/** `noise` is the chance that a score is off; it hangs on the request alone, so equal requests answer alike. */
export function createRuleWorld({ examples = 12, rules = 5, noise = 0, seed = 1 } = {}): RuleWorld {
  const needsOf = (id: string): number[] => {
    const index = Number(id.slice(1));
    return [...new Set([index % rules, (index * 3 + 1) % rules])];
  };
  return {
    examples: examplesOf("r", examples),
    evaluate({ candidate, exampleId, sample }) {
      const held = new Set(Object.values(candidate).flatMap((text) => text.split("\n")));
      const needed = needsOf(exampleId);
      const missing = needed.filter((rule) => !held.has(`rule ${rule}`));
      const isOff = drawFrom(seed, JSON.stringify(candidate), exampleId, sample) < noise;
      const share = (needed.length - missing.length) / needed.length;
      return scored(
        isOff ? 1 - share : share,
        missing.map((rule) => `missing rule ${rule}`).join(", ") || "good",
      );
    },
    reflect(prompt) {
      const text = componentIn(prompt);
      const feedback = readDataSections(prompt).filter(({ name }) => name === "example-feedback");
      const named = feedback.flatMap((section) => section.text.match(/rule \d+/g) ?? []);
      const fresh = named.find((rule) => !text.split("\n").includes(rule));
      const cited =
        feedback.find((section) => fresh !== undefined && section.text.includes(fresh))?.ref ?? "E1";
      const next = fresh ?? `remark ${drawFrom(seed, prompt).toFixed(6)}`;
      return replyWith(`${text}\n${next}`, {
        summary: `adds ${next}`,
        changes: [{ sentence: next, exampleIds: [cited], guidelineIds: [] }],
      });
    },
  };
}
