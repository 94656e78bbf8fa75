import type { SampleProjectContent, SampleRecord } from "@/lib/services/sample/sample-types";

/** A rule that one comment asks for, and no other. */
export interface PlantedRule {
  /** The expert's words on one answer: the only place the rule comes from. */
  comment: string;
  /** As a record's *must mention*. */
  fact: string;
  /** Tells sentences that state the rule. */
  stem: RegExp;
}

export const RULES: readonly PlantedRule[] = [
  { comment: "There is no tide height.", fact: "tide height", stem: /\btide/i },
  { comment: "It does not name the berth.", fact: "berth", stem: /\bberth/i },
  { comment: "Nothing about the wind gusts.", fact: "wind gusts", stem: /\bgust/i },
  { comment: "Without the number of tugs.", fact: "number of tugs", stem: /\btug/i },
  { comment: "It never mentions the draught.", fact: "draught of the vessel", stem: /\bdraught/i },
  { comment: "There is no radio channel.", fact: "radio channel", stem: /\bradio/i },
  { comment: "It should name the officer on duty.", fact: "officer on duty", stem: /\bofficer/i },
  { comment: "There is no visibility figure.", fact: "visibility figure", stem: /\bvisibility/i },
  { comment: "It does not list the closed lanes.", fact: "closed lanes", stem: /\blanes?\b/i },
  { comment: "There is no fallback anchorage.", fact: "fallback anchorage", stem: /\banchorage/i },
];

const QUESTIONS: readonly string[] = [
  "Can the Aurora come in at dawn?",
  "Is there room for a second ferry tonight?",
  "Should we hold the grain carrier outside?",
  "When may the survey boat leave?",
  "Can two tankers pass at the bend?",
  "Is the eastern approach safe this evening?",
  "Where should the tall ship wait?",
  "May the dredger work until noon?",
  "Can the car carrier turn in the basin?",
  "Is a night departure possible for the reefer?",
  "Who goes first, the tanker or the ferry?",
  "Can the barge train enter with the current?",
];

/** A harbour office: records of which each asks for some of the planted rules. */
export const harbour: SampleProjectContent = {
  project: {
    name: "Harbour office",
    about: {
      purpose: "Helps the harbour office to answer masters of vessels.",
      reliedOnBy: "Duty officers.",
      outOfScope: "Legal questions.",
      dataKinds: "Invented movements of vessels.",
      owner: "Mara",
    },
  },
  startingPrompt: "You help the harbour office. Answer what a master asks.",
  judge: {
    name: "Usable on watch",
    scale: { kind: "numeric", min: 1, max: 5, step: 1 },
    anchors: [
      { value: 1, meaning: "Useless on watch." },
      { value: 3, meaning: "Half of what one needs." },
      { value: 5, meaning: "Ready to be read out." },
    ],
    goodEnough: 4,
    instructions: `You grade the answers of a harbour office's assistant.

Asked:
{{ inputs }}

Answered:
{{ outputs }}

What a good answer does:
{{ expectations }}

Choose the grade whose meaning fits best.`,
  },
  records: Array.from({ length: 3 * QUESTIONS.length }, (_, index) => recordOf(index)),
};

function recordOf(index: number): SampleRecord {
  const question = QUESTIONS[index % QUESTIONS.length] ?? "";
  const facts = [index, index + 3, index + 7].map((place) => RULES[place % RULES.length]?.fact ?? "");
  return {
    key: `harbour-${index}`,
    tags: [],
    critical: false,
    inputs: {
      messages: [{ role: "user", content: `${question} It is movement ${index + 1} of the list.` }],
      fields: {},
    },
    expectations: {
      expected_response: "Settles it one way, with what the watch has to know.",
      facts: [...new Set(facts)],
      mustNever: [],
    },
  };
}
