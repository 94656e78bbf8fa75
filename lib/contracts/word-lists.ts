/** Closed lists that pages read as well as schemas: here without the library of the schemas. */

/** Why an expert cannot judge an answer. */
export const cannotJudgeReasons = ["not-my-field", "question-unclear", "record-is-wrong"] as const;

export const recordSets = ["unassigned", "practice", "sealed"] as const;
export type RecordSet = (typeof recordSets)[number];

export const recordSorts = ["created", "updated", "question", "set", "grade"] as const;
