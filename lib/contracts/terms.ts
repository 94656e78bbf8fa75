/**
 * The one map from a term in code to the word on screen.
 * Code, API and docs use the key; a page shows `screen`, and its dotted underline opens
 * `meaning` and, for those who know it, `technical`.
 */
export interface Term {
  /** The one name of this thing on screen, the same for everybody. */
  readonly screen: string;
  /** One or two plain sentences that a domain expert understands. */
  readonly meaning: string;
  /** The name in code, papers or APIs; null when it is the word on screen. */
  readonly technical: string | null;
}

/** Words that an expert's page never shows. Engineers' detail panels may. */
export const ENGINEER_ONLY_WORDS = [
  "metric",
  "valset",
  "minibatch",
  "alias",
  "J",
  "null",
  "payload",
  "seed",
  "normalised",
] as const;

export const TERMS = {
  // What experts write
  record: {
    screen: "record",
    meaning: "One question that people really ask, and what a good answer to it does.",
    technical: null,
  },
  inputs: {
    screen: "Question",
    meaning: "What the assistant is asked, as people really ask it.",
    technical: "inputs",
  },
  conversation: {
    screen: "Conversation",
    meaning: "A question in several turns. The assistant answers the last one.",
    technical: "inputs with several messages",
  },
  expectations: {
    screen: "What a good answer does",
    meaning: "What you would look for in an answer, in your own words. It is not the answer itself.",
    technical: "expectations",
  },
  facts: {
    screen: "Must mention",
    meaning: "Facts that every good answer to this question names.",
    technical: "facts",
  },
  "must-never": {
    screen: "Must never",
    meaning: "What would make an answer wrong or harmful, however good the rest is.",
    technical: "mustNever",
  },
  critical: {
    screen: "must never fail",
    meaning: "A record that is tried at every review. One failure stops the promotion.",
    technical: "critical record",
  },
  sealed: {
    screen: "sealed records",
    meaning: "Records kept aside. Nothing learns from them, so they show honestly whether a change helps.",
    technical: "holdout",
  },
  practice: {
    screen: "practice records",
    meaning: "Records to learn from and to compare candidates on.",
    technical: "trainset and valset",
  },
  trainset: {
    screen: "records to learn from",
    meaning: "Practice records from which suggested edits are drawn.",
    technical: "trainset",
  },
  valset: {
    screen: "records to compare on",
    meaning: "Practice records on which candidates are compared with each other.",
    technical: "valset",
  },
  minibatch: {
    screen: "first few records",
    meaning: "The handful of records on which a suggested edit is tried before it is tried on more.",
    technical: "minibatch",
  },
  snapshot: {
    screen: "records as they were",
    meaning: "The records frozen at one moment, so that a result can be checked later.",
    technical: "dataset snapshot",
  },

  // Answers and labels
  trace: {
    screen: "answer",
    meaning: "What the assistant said to one question, with the steps it took.",
    technical: "trace",
  },
  rollout: {
    screen: "answer",
    meaning: "What the assistant said to one question with one prompt, and its grade.",
    technical: "rollout",
  },
  steps: {
    screen: "steps",
    meaning: "What the assistant looked up or did before it answered.",
    technical: "tool calls of a trace",
  },
  evaluation: {
    screen: "round of answers",
    meaning: "One prompt, asked many questions at once. You label what it says.",
    technical: "evaluation",
  },
  "failed-rollout": {
    screen: "answer that could not be scored",
    meaning: "The assistant or the judge gave no usable reply. It counts as no grade at all.",
    technical: "failed rollout",
  },
  label: {
    screen: "label",
    meaning: "Your grade for one answer, and why.",
    technical: null,
  },
  "label-reason": {
    screen: "Why",
    meaning: "Your reason in a few words. The words can become a guideline; a grade alone cannot.",
    technical: "label reason",
  },
  scale: {
    screen: "grades",
    meaning: "The steps of the judge's own scale, and what each of them means.",
    technical: "scale and anchors",
  },
  "good-enough": {
    screen: "good enough",
    meaning: "The grade from which an answer may go out as it is.",
    technical: "pass threshold",
  },
  teaching: {
    screen: "teaching",
    meaning: "Labels from which the judge may learn.",
    technical: "label purpose: teaching",
  },
  checking: {
    screen: "checking",
    meaning: "Labels that only test. The judge never learns from them.",
    technical: "label purpose: checking",
  },

  // The judge
  judge: {
    screen: "judge",
    meaning: "A model that grades answers the way you do.",
    technical: null,
  },
  "rule-judge": {
    screen: "rule",
    meaning: "A check done by code, such as length or a forbidden word. It costs nothing.",
    technical: "rule judge",
  },
  "judge-version": {
    screen: "version of the judge",
    meaning: "The judge as it was at one time. Each grade says which version gave it.",
    technical: "judge version",
  },
  alignment: {
    screen: "teach the judge",
    meaning: "The judge reads your labels and reasons, and is tested on labels it has not seen.",
    technical: "alignment (MemAlign)",
  },
  guideline: {
    screen: "guideline",
    meaning: "A rule that the judge drew from labels. You can edit it or switch it off.",
    technical: "guideline (semantic memory)",
  },
  episode: {
    screen: "remembered answer",
    meaning: "A labelled answer that the judge recalls when it sees a similar one.",
    technical: "episode (episodic memory)",
  },
  agreement: {
    screen: "agreement",
    meaning: "On how many unseen answers the judge and the experts give the same verdict.",
    technical: "agreement: Cohen's κ, TPR, TNR",
  },
  "too-kind": {
    screen: "too kind",
    meaning: "The judge let an answer through that the expert would not.",
    technical: "false positive",
  },
  "too-harsh": {
    screen: "too harsh",
    meaning: "The judge held an answer back that the expert finds good enough.",
    technical: "false negative",
  },

  // Runs
  run: {
    screen: "run",
    meaning: "A search for a better prompt, within the budget you set.",
    technical: null,
  },
  "run-event": {
    screen: "log entry",
    meaning: "One thing that happened in a run, in the order it happened.",
    technical: "run event",
  },
  budget: {
    screen: "budget",
    meaning: "The most a run may use, in scored answers, money or minutes. It is never exceeded.",
    technical: null,
  },
  "metric-call": {
    screen: "scored answer",
    meaning: "One answer of the assistant with its grade. The budget of a run counts these.",
    technical: "metric call",
  },
  candidate: {
    screen: "candidate",
    meaning: "A changed prompt that a run has tried.",
    technical: null,
  },
  "seed-candidate": {
    screen: "starting prompt",
    meaning: "The prompt from which a run sets out.",
    technical: "seed candidate",
  },
  proposal: {
    screen: "suggested edit",
    meaning: "A change of wording that a model suggests after reading what went wrong.",
    technical: "proposal",
  },
  reflection: {
    screen: "why it suggests this",
    meaning: "What the model concluded from low grades and your reasons.",
    technical: "reflection",
  },
  "pareto-front": {
    screen: "best on at least one record",
    meaning: "A candidate that no other beats on at least one record. It is marked ◆.",
    technical: "Pareto front",
  },
  recommended: {
    screen: "recommended",
    meaning: "The candidate that the run would send to review. It is marked ★.",
    technical: "recommended candidate",
  },
  component: {
    screen: "part",
    meaning: "One named text of a prompt that is made of several.",
    technical: "component",
  },
  "luck-band": {
    screen: "luck band",
    meaning: "How far the best of many tries would rise by luck alone. Inside it, a gain proves little.",
    technical: "range of the maximum under no effect",
  },
  forecast: {
    screen: "forecast",
    meaning: "What a run or review is likely to use, told before it starts.",
    technical: "forecast, as an 80 % range",
  },

  // Review and production
  review: {
    screen: "review",
    meaning: "One page with the change, its evidence and the people who must agree.",
    technical: null,
  },
  approval: {
    screen: "approval",
    meaning: "The word of someone who may let a change go live.",
    technical: null,
  },
  promotion: {
    screen: "promote",
    meaning: "Put a reviewed prompt in production. Agents fetch it from then on.",
    technical: "promotion",
  },
  rollback: {
    screen: "roll back",
    meaning: "Put an earlier prompt back in production, at once.",
    technical: "rollback",
  },
  prompt: {
    screen: "prompt",
    meaning: "The standing instructions that the assistant gets before every question.",
    technical: "system prompt",
  },
  "prompt-version": {
    screen: "version",
    meaning: "The prompt as it was at one time. A version never changes.",
    technical: "prompt version",
  },
  alias: {
    screen: "name that agents ask for",
    meaning: "A name that points at one version, so that agents need not know its number.",
    technical: "alias",
  },
  production: {
    screen: "in production",
    meaning: "The version that agents get when they ask now.",
    technical: "alias production",
  },
  evidence: {
    screen: "evidence",
    meaning: "What the sealed records say about a change, and how sure that is.",
    technical: "paired test on the holdout",
  },
  look: {
    screen: "look",
    meaning: "One scoring of the sealed records. Each further look weakens what they can prove.",
    technical: "evidence look",
  },
  loss: {
    screen: "loss",
    meaning: "A record that the change answers worse, confirmed by three more readings.",
    technical: "confirmed regression",
  },
  "blind-comparison": {
    screen: "blind comparison",
    meaning: "You choose the better of two answers without knowing which prompt wrote which.",
    technical: "blind A/B",
  },
  target: {
    screen: "your agent",
    meaning: "The assistant that answers: a model with your prompt, or your own program.",
    technical: "target",
  },
  connection: {
    screen: "connection",
    meaning: "Where answers, grades and edits come from: an address of a model, with its key.",
    technical: null,
  },
  simulated: {
    screen: "simulated",
    meaning: "Made by models built into this program, to try things out. It says nothing about a real model.",
    technical: null,
  },
} as const satisfies Record<string, Term>;

/** Key of a term, as used in code. */
export type TermCode = keyof typeof TERMS;

/** The word on screen for a term, with a capital letter when it begins a sentence. */
export function screenName(code: TermCode, position: "inside" | "start" = "inside"): string {
  const { screen } = TERMS[code];
  return position === "start" ? screen.charAt(0).toUpperCase() + screen.slice(1) : screen;
}
