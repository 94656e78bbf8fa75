import { capitalise } from "../text/sentences";
import type { Lesson } from "./lesson";

/**
 * A lesson as an order of its own: small changes of words, never of what is asked.
 * @param isGeneral whether "Always" may stand before it: known to hold for any question, or to be decided by choice
 */
export function asInstruction(lesson: Lesson, choice: number, isGeneral: boolean | null = null): string {
  const { order, kind } = lesson;
  if (kind === "forbid" && lesson.fault === "guess")
    return pick(
      [
        "Never guess: where nothing is known, say so.",
        "Do not guess or make anything up; say what is not known.",
      ],
      choice,
    );
  if (kind === "forbid")
    return pick([`Never ${order}.`, `Do not ${order}.`, `Avoid anything that could ${order}.`], choice);
  if (kind === "brief") return `${capitalise(order)}.`;
  if (lesson.fault === "no-commitment")
    return pick(
      ["Commit to one clear answer.", "Decide: commit to one clear answer rather than listing views."],
      choice,
    );
  if (/\bback\b/.test(order) && lesson.ideas.has("question"))
    return "When it is unclear what is meant, ask a question back.";
  if (lesson.ideas.has("~decline"))
    return `When a question is out of scope, ${order.replace(/^(?:mention|give|state|add) (?:a |the )?polite refusal/, "decline politely and say what you can do")}.`;
  const spoken = varied(order, choice);
  const forms = [`${capitalise(spoken)}.`, `Always ${spoken}.`];
  return isGeneral === null ? pick(forms, choice * 7.3) : pick(forms, isGeneral ? 0.9 : 0);
}

/** Another verb of saying does not change what is said. */
function varied(order: string, choice: number): string {
  const verb = /^(?:mention|state|give|name|say|list)\b/.exec(order)?.[0];
  if (!verb) return order;
  const rest = order.slice(verb.length).trim();
  if (/^(?:so|that|when|if|whether|who|which|what|where|how|why)\b|^\S+ (?:out )?that\b/.test(rest))
    return `say ${rest}`;
  if (verb === "say") return order;
  const thing = /^(?:the|a|an|one|his|her|their|its|my|your|both|every|each|any|no)\b/.test(rest)
    ? rest
    : `the ${rest}`;
  return `${pick(["give", "state", "include"], choice * 3.1)} ${thing}`;
}

/** A sentence that sounds useful and changes nothing. */
export function uselessRule(choice: number): string {
  return pick(
    [
      "Be thoughtful about the wider picture.",
      "Keep a professional tone throughout.",
      "Remember who will read this.",
      "Think carefully before you write.",
      "Make every word helpful to the reader.",
    ],
    choice,
  );
}

function pick<Item>(items: readonly Item[], choice: number): Item {
  const item = items[Math.floor((Math.abs(choice) % 1) * items.length)];
  if (item === undefined) throw new RangeError("pick from an empty list");
  return item;
}
