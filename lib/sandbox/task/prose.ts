import type { Draws } from "../draws";
import type { Fault } from "../text/faults";
import { capitalise } from "../text/sentences";
import type { Question, QuestionForm } from "./question";

/** What the model says of its own accord: one to three sentences on the question, before any instruction. */
export function baseSentences(question: Question, draws: Draws): string[] {
  const material: Material = {
    high: draws.between(53, 81, "high"),
    low: draws.between(16, 44, "low"),
    who: question.names.length > 0 ? draws.pick(question.names, "someone") : "the usual one",
    thing: question.things.length > 0 ? `the ${draws.pick(question.things, "base-thing")}` : null,
    other: draws.between(20, 78, "third"),
  };
  const leads = LEADS[question.form](material);
  const withThing = material.thing === null ? [] : LEADS_WITH_THING[question.form](material, material.thing);
  const sentences = [draws.pick([...leads, ...withThing], "lead")];
  const { thing } = material;
  if (thing !== null && draws.isBelow(0.55, "second") && !sentences[0]?.includes(thing)) {
    sentences.push(draws.pick(ABOUT_THING, "second-of")(thing, material.other));
  }
  if (draws.isBelow(0.4, "third"))
    sentences.push(draws.pick(REMARKS[isAdvice(question) ? "advice" : "report"], "third-of"));
  return sentences.map((sentence) => `${capitalise(sentence)}.`);
}

interface Material {
  high: number;
  low: number;
  other: number;
  who: string;
  /** With its article. */
  thing: string | null;
}

function isAdvice(question: Question): boolean {
  return question.form === "advice" || question.form === "yes-no";
}

const LEADS: Readonly<Record<QuestionForm, (with_: Material) => readonly string[]>> = {
  "yes-no": ({ high, low }) => [
    `yes, in ${high} percent of the cases, and more so of late`,
    `mostly yes: it holds ${high} percent of the time, up from ${low}`,
    `not as a rule; it holds only ${low} percent of the time`,
    `rather not, since it has come off only ${low} percent of the time`,
  ],
  advice: ({ high }) => [
    "I would wait and see how it goes for now",
    `go ahead; it has worked ${high} percent of the time`,
    "it is probably nothing out of the ordinary, so take it step by step",
    "do what has worked before, and change as little as possible",
  ],
  "either-or": ({ high, low }) => [
    `more the first than the second, by ${high} percent to ${low}`,
    `mostly the former, ${high} percent of the time`,
    `the second, as it looks: ${high} percent against ${low}`,
    `it leans towards the first, ${high} percent of the time, and has done so for a while`,
  ],
  "how-much": ({ high, low }) => [
    `about ${high} percent of the time, up from ${low}`,
    `it comes to ${high} percent, which is more than usual`,
    `roughly ${high} percent, and ${low} percent when things get tight`,
    `less than it seems: ${low} percent`,
  ],
  "when-where": ({ high, low }) => [
    `mostly early on, in ${high} percent of the cases`,
    `to one side more than the other, by ${high} percent to ${low}`,
    `in the middle more often than not, ${high} percent of the time`,
    `late rather than early: ${high} percent fall there`,
  ],
  who: ({ high, who }) => [
    `mostly ${who}, ${high} percent of the time`,
    `${who} comes first, in ${high} percent of the cases`,
    `it goes through ${who}, ${high} percent of the time`,
  ],
  what: ({ high, low }) => [
    `one thing stands out: it makes up ${high} percent of what there is`,
    `mostly the same as before, ${high} percent of the time, and the rest is spread thinly`,
    `two things, in the main; the first accounts for ${high} percent and the second for ${low}`,
  ],
  how: ({ high, low }) => [
    `fairly well so far, ${high} percent of the time`,
    `not as well as hoped: it works ${low} percent of the time`,
    `better than before, at ${high} percent after ${low}`,
  ],
  other: ({ high, low }) => [
    `taken together it points one way, ${high} percent of the time`,
    `that fits what has been seen before, in ${high} percent of the cases`,
    `this looks like the more common kind, ${high} percent against ${low}`,
  ],
};

const LEADS_WITH_THING: Readonly<
  Record<QuestionForm, (with_: Material, thing: string) => readonly string[]>
> = {
  "yes-no": ({ high, low }, thing) => [
    `yes, as long as ${thing} stays as it is; that has been so ${high} percent of the time`,
    `no, and ${thing} is the reason: it comes off ${low} percent of the time`,
  ],
  advice: ({ high }, thing) => [
    `start with ${thing} and see how it goes`,
    `I would leave ${thing} as it is; that has been right ${high} percent of the time`,
    `it depends mostly on ${thing}, so look at that first`,
  ],
  "either-or": ({ high }, thing) => [
    `the first when ${thing} allows it, which is ${high} percent of the time, and otherwise the second`,
  ],
  "how-much": ({ high, low }, thing) => [
    `about ${high} percent with ${thing} and ${low} percent without`,
    `${thing} makes it ${high} percent, where ${low} would be usual`,
  ],
  "when-where": ({ high }, thing) => [
    `close to ${thing}, ${high} percent of the time`,
    `as soon as ${thing} comes into it, in ${high} percent of the cases`,
  ],
  who: ({ high, who }, thing) => [`with ${thing} it is ${who}, ${high} percent of the time`],
  what: ({ high }, thing) => [
    `mostly ${thing}: ${high} percent of it comes from there`,
    `${thing} comes first, and ${high} percent follow from that`,
  ],
  how: ({ high }, thing) => [
    `through ${thing}, and that works ${high} percent of the time`,
    `${thing} has held up well, ${high} percent of the time`,
  ],
  other: ({ high }, thing) => [`with ${thing} it points one way, ${high} percent of the time`],
};

const ABOUT_THING: readonly ((thing: string, share: number) => string)[] = [
  (thing, share) => `with ${thing} it is closer to ${share} percent`,
  (thing) => `${thing} makes the difference there`,
  (thing, share) => `take ${thing} out of it and ${share} percent are left`,
  (thing) => `${thing} is part of the picture, though not all of it`,
];

const REMARKS = {
  report: [
    "it has been like this for some weeks",
    "the rest is spread out evenly",
    "nothing else stands out",
    "that has not changed much since the beginning",
  ],
  advice: [
    "that is how it is mostly done",
    "nothing else is needed for now",
    "most people get by with that",
    "the rest can wait",
  ],
} as const;

/** One sentence or two that show a fault, as an assistant without guidance would. */
export function faultSentences(fault: Fault, question: Question, draws: Draws): string[] {
  const share = draws.between(55, 90, "fault-share");
  const thing = question.things[0] ?? "question";
  switch (fault) {
    case "guess":
      return [
        draws.pick(
          [
            `My guess is that it will be ${share} percent next time, although I have nothing at hand for that.`,
            `Off the top of my head, it has been closer to ${share} percent lately.`,
            "Presumably the same holds elsewhere, but that is just a hunch.",
          ],
          "guess-of",
        ),
      ];
    case "padding":
      return [...draws.pick(paddings(thing), "padding")];
    case "overconfidence":
      return [
        draws.pick(
          [
            "This will certainly hold.",
            "Without any doubt it goes on like this.",
            "It always works out that way, so there is nothing to worry about.",
          ],
          "sure",
        ),
      ];
    case "jargon":
      return [`The ${initials(question)} index says the same.`];
    case "no-commitment":
      return [
        draws.pick(
          ["In the end it could go either way.", "There is no single answer to that, so weigh it carefully."],
          "open",
        ),
      ];
  }
}

function paddings(thing: string): readonly (readonly string[])[] {
  return [
    [
      `There are many ways to look at the ${thing}, and as so often much hangs on the situation.`,
      "Every case is different, and a great deal has been said about this over time.",
    ],
    [
      `It is worth remembering that the ${thing} is only one part of a larger whole.`,
      "Preparation, patience and attention to detail will be important whatever happens.",
    ],
  ];
}

function initials(question: Question): string {
  const letters = question.things
    .join(" ")
    .split(" ")
    .map((word) => word.charAt(0).toUpperCase())
    .join("");
  return `${letters}XRQ`.slice(0, 3);
}
