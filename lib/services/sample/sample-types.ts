/**
 * Shape of the content of a sample project. It knows no database: the seeding service maps it, and `inputs`,
 * `expectations`, `about` and the judge use the field names of `lib/contracts` so that the mapping is a copy.
 */

export interface SampleMessage {
  role: "user" | "assistant";
  content: string;
}

export interface SampleInputs {
  /** Ends with the user turn that is to be answered. */
  messages: SampleMessage[];
  /** Named fields for prompts with variables; empty where the prompt has none. */
  fields: Record<string, string>;
}

export interface SampleExpectations {
  /** What a good answer does, in one or two sentences; not the answer itself. */
  expected_response: string;
  /** Must mention: 1–4 short noun phrases. */
  facts: string[];
  /** Must never: 0–2 short verb phrases. */
  mustNever: string[];
}

export interface SampleRecord {
  /** Stable, unique in its project; answers and labels point at it. */
  key: string;
  tags: string[];
  /** Must never fail: guarded at every review. */
  critical: boolean;
  inputs: SampleInputs;
  expectations: SampleExpectations;
}

export interface SampleAbout {
  purpose: string;
  reliedOnBy: string;
  outOfScope: string;
  dataKinds: string;
  owner: string;
}

export interface SampleJudge {
  name: string;
  scale: { kind: "numeric"; min: number; max: number; step: number };
  /** One meaning a grade, lowest first. */
  anchors: { value: number; meaning: string }[];
  /** Lowest grade that is good enough. */
  goodEnough: number;
  /** Uses {{ inputs }}, {{ outputs }} and {{ expectations }}. */
  instructions: string;
}

/** What every sample project has. */
export interface SampleProjectContent {
  project: { name: string; about: SampleAbout };
  startingPrompt: string;
  judge: SampleJudge;
  records: readonly SampleRecord[];
}

export type SampleGrade = 1 | 2 | 3 | 4 | 5;

export interface SampleExpert {
  key: "ray" | "dana";
  name: string;
  title: string;
  role: "lead" | "expert";
}

/** An answer recorded under the starting prompt. */
export interface SampleAnswer {
  recordKey: string;
  output: string;
}

/** A teaching label: one expert's grade of one recorded answer, and why. */
export interface SampleLabel {
  recordKey: string;
  expert: SampleExpert["key"];
  grade: SampleGrade;
  reason: string;
}

/** A project with a history: recorded answers and two experts' labels. */
export interface LabelledSampleContent extends SampleProjectContent {
  experts: readonly SampleExpert[];
  answers: readonly SampleAnswer[];
  labels: readonly SampleLabel[];
  /** Records with a recorded answer: they have been used for labelling, so they must be practice records. */
  answeredKeys: readonly string[];
  /** Answered, but graded by neither expert: they wait for the newcomer, in this order. */
  waitingKeys: readonly string[];
  /** A choice of sealed records, none answered and none critical, with at least one of every tag. */
  suggestedSealedKeys: readonly string[];
}
