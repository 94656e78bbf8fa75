/**
 * The engine's vocabulary. Ids are opaque strings to the engine; scores are normalised to 0..1
 * (1 = the top of the judge's scale), and a rollout without a score is a failure, never a number.
 */

export type CandidateId = string;
export type ExampleId = string;
export type ProposalId = string;

/** Component name → text. Identity of a candidate = its sorted (name, text) pairs (SPEC ID1). */
export type Candidate = Readonly<Record<string, string>>;

/** What the engine may know of a record: enough to show it to the reflection model, no more. */
export interface Example {
  id: ExampleId;
  /** The question or conversation, rendered as text. */
  inputs: string;
  /** What a good answer does, must-mention and must-never notes, rendered as text. */
  expectations: string;
  tags: readonly string[];
}

/** Outcome of one candidate on one example. */
export type Rollout =
  | {
      status: "scored";
      /** Weighted mean of the judges' normalised scores, 0..1, finite. */
      score: number;
      /** Judge name → normalised score, for objective fronts and floors. */
      objectives: Readonly<Record<string, number>>;
      output: string;
      /** The judge's words (what is missing, what is wrong), shown to the reflection model. */
      feedback: string;
      /** What the agent did on the way, rendered as text, when it says. */
      trajectory?: string;
    }
  | {
      status: "failed";
      cause: string;
      /** Whether the task call was answered (then it counts as a metric call). */
      answered: boolean;
    };

/** Why a rollout is asked for; the service stores it, the engine does not depend on it. */
export type RolloutPurpose = "seed" | "minibatch" | "rung" | "full" | "final" | "merge";

export interface RolloutRequest {
  candidateId: CandidateId;
  candidate: Candidate;
  exampleId: ExampleId;
  /** 0 for the memoised reading; a re-run after a failure or a fresh reading has 1, 2, … */
  sample: number;
  purpose: RolloutPurpose;
}

/** One example shown to the reflection model. */
export interface ReflectionExample {
  exampleId: ExampleId;
  inputs: string;
  expectations: string;
  output: string;
  score: number;
  feedback: string;
  trajectory?: string;
  /** The answer was given to an earlier version of the text than the one to be changed. */
  isOlder?: boolean;
}

/** A sentence that the reflection model changed, and what it says the change answers. */
export interface SentenceChange {
  sentence: string;
  exampleIds: readonly ExampleId[];
  guidelineIds: readonly string[];
  /** True when the cited sources overlap with the sentence's words; never a reason to fail. */
  verified: boolean;
}

/** A text proposed from a reflective dataset, before any metric call is spent on it. */
export interface Proposal {
  id: ProposalId;
  parentIds: readonly CandidateId[];
  component: string;
  candidate: Candidate;
  /** One line for people: what it tries. */
  summary: string;
  changes: readonly SentenceChange[];
  /** Ids of the examples that were shown. */
  shownExampleIds: readonly ExampleId[];
  /** Key under which the reflection's request and raw reply are stored by the host. */
  callKeys: readonly string[];
}

/** Why a proposal was refused before a metric call was spent on it. */
export type RefusalReason =
  | "no-answer"
  | "reflection-failed"
  | "no-fence"
  | "truncated"
  | "empty"
  | "lost-variable"
  | "identical"
  | "too-long"
  | "wrong-language"
  | "copied-example"
  /** Every example that could be shown already has the top score: there is nothing to reflect on. */
  | "nothing-to-learn"
  | "rollouts-failing";

/** Why a run ended. The reason is data. */
export type StopReason =
  | "budget"
  | "money"
  | "time"
  | "user"
  | "solved"
  | "target-score"
  | "no-improvement"
  | "gain-below-cost"
  | "reflection-failing"
  | "rollouts-failing"
  | "seed-failed"
  | "aborted";
