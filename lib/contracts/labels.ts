import { z } from "zod";
import { scaleValueSchema } from "./judges";
import { cannotJudgeReasons } from "./word-lists";

export const labelPurposes = ["teaching", "checking"] as const;
/** How a queue asks: what teaches the judge most first, or as its answers were listed. */
export const askOrders = ["teaching", "listed"] as const;

/** One expert's verdict on one answer, on the judge's own scale. */
export const labelSchema = z.object({
  id: z.string(),
  projectId: z.string(),
  traceId: z.string(),
  recordId: z.string(),
  judgeId: z.string(),
  judgeVersionId: z.string().nullable(),
  author: z.object({ id: z.string(), name: z.string() }),
  value: scaleValueSchema,
  reason: z.string(),
  betterAnswer: z.string().nullable(),
  flagged: z.boolean(),
  purpose: z.enum(labelPurposes),
  supersededBy: z.string().nullable(),
  createdAt: z.number(),
});
export type LabelView = z.infer<typeof labelSchema>;

export const commitLabelInput = z.object({
  traceId: z.string(),
  judgeId: z.string(),
  queueId: z.string().nullable().default(null),
  value: scaleValueSchema,
  reason: z.string().max(10_000).default(""),
  betterAnswer: z.string().max(50_000).nullable().default(null),
  flagged: z.boolean().default(false),
});
export type CommitLabelInput = z.infer<typeof commitLabelInput>;

/** The answer to a commit. */
export const committedLabelSchema = labelSchema.extend({
  /** What to know about it: a colleague labelled it too while the person was away. Null = nothing. */
  notice: z.string().nullable(),
  /** The judge's grade and its words, only where the project shows each verdict at once. */
  judgeSays: z.object({ grade: z.string(), rationale: z.string() }).nullable(),
});
export type CommittedLabel = z.infer<typeof committedLabelSchema>;

/** A label in the list of labels: what was asked, and where its words went. */
export const listedLabelSchema = labelSchema.extend({
  question: z.string(),
  /** The grade as the judge's scale writes it. */
  shown: z.string(),
  /** Texts of the guidelines that rest on it, in the judge in use and in its draft. */
  becameGuidelines: z.array(z.string()),
});
export type ListedLabel = z.infer<typeof listedLabelSchema>;

/** An answer on which experts do not agree whether it is good enough, or are two grades or more apart. */
export const disagreementSchema = z.object({
  traceId: z.string(),
  recordId: z.string(),
  judgeId: z.string(),
  question: z.string(),
  answer: z.string(),
  /** Who is told as "you", else as A, B, …: the page shows what splits the experts, not who was wrong. */
  grades: z.array(z.object({ who: z.string(), isMine: z.boolean(), shown: z.string() })),
  /** Reasons carry their author's name. */
  reasons: z.array(z.object({ author: z.string(), text: z.string() })),
  /** What was said about it, oldest first. */
  notes: z.array(
    z.object({
      id: z.string(),
      author: z.string(),
      isMine: z.boolean(),
      text: z.string(),
      createdAt: z.number(),
    }),
  ),
  /** The lead expert's decision; null while it is open. */
  settled: z.object({ by: z.string(), shown: z.string(), reason: z.string(), at: z.number() }).nullable(),
});
export type Disagreement = z.infer<typeof disagreementSchema>;

export const addNoteInput = z.object({ judgeId: z.string(), text: z.string().trim().min(1).max(5_000) });

/** A decision has a reason: it is what the judge learns from in place of the grades that differ. */
export const settleInput = z.object({
  judgeId: z.string(),
  value: scaleValueSchema,
  reason: z.string().trim().min(1).max(10_000),
});

/** How far experts agree, as counts over answers that two of them have labelled. */
const agreementCountsSchema = z.object({
  /** Pairs of labels of one answer by two people. */
  pairs: z.number().int(),
  /** On the same side of good enough; null where no line is drawn. */
  sameSide: z.number().int().nullable(),
  sameGrade: z.number().int(),
});
export const expertAgreementSchema = z.object({
  /** The reader's own, which nobody else sees; null where no other has labelled the same answers. */
  mine: agreementCountsSchema.nullable(),
  /** All experts together, for the lead alone. */
  all: agreementCountsSchema.nullable(),
});
export type ExpertAgreement = z.infer<typeof expertAgreementSchema>;

/** An answer that somebody could not judge, and why: a hint that its record needs mending. */
export const unjudgedSchema = z.object({
  itemId: z.string(),
  queueId: z.string(),
  recordId: z.string(),
  question: z.string(),
  why: z.enum(cannotJudgeReasons),
  by: z.string(),
  isMine: z.boolean(),
});
export type Unjudged = z.infer<typeof unjudgedSchema>;

export const skipItemInput = z.object({
  how: z.enum(["later", ...cannotJudgeReasons]),
});

/** Which items the page has in hand already: the one in front of the person and those fetched ahead. */
export const nextItemInput = z.object({
  after: z.string().nullable().default(null),
  not: z.array(z.string()).max(200).default([]),
});

/** What the label page shows of one item. The judge's verdict is never part of it (ux.md rule 12). */
export const labelItemSchema = z.object({
  itemId: z.string(),
  queueId: z.string(),
  traceId: z.string(),
  recordId: z.string(),
  position: z.number().int(),
  total: z.number().int(),
  provenance: z.string(),
  messages: z.array(z.object({ role: z.enum(["user", "assistant"]), content: z.string() })),
  fields: z.record(z.string(), z.string()),
  answer: z.string(),
  steps: z.array(
    z.object({ tool: z.string(), arguments: z.string(), result: z.string(), ms: z.number().nullable() }),
  ),
  expectations: z.object({
    expected_response: z.string(),
    facts: z.array(z.string()),
    mustNever: z.array(z.string()),
  }),
  /** My earlier label of this answer, when I come back to it. */
  mine: labelSchema.nullable(),
});
export type LabelItem = z.infer<typeof labelItemSchema>;

export const queueViewSchema = z.object({
  id: z.string(),
  projectId: z.string(),
  judgeId: z.string(),
  name: z.string(),
  expertsPerItem: z.number().int(),
  total: z.number().int(),
  doneByMe: z.number().int(),
  leftForMe: z.number().int(),
  doneByTeam: z.number().int(),
  /** Who is asked; empty = everybody who may label. */
  assignees: z.array(z.object({ id: z.string(), name: z.string(), done: z.number().int() })),
  askOrder: z.enum(askOrders),
  isClosed: z.boolean(),
  createdAt: z.number(),
});
export type QueueView = z.infer<typeof queueViewSchema>;

/** What can be changed of a queue at any time; what is left out stays. */
export const changeQueueInput = z.object({
  name: z.string().trim().min(1).max(120).optional(),
  /** Ids of people; empty = everybody who may label. */
  assignees: z.array(z.string()).max(200).optional(),
  expertsPerItem: z.number().int().min(1).max(10).optional(),
  askOrder: z.enum(askOrders).optional(),
  closed: z.boolean().optional(),
});
export type ChangeQueueInput = z.output<typeof changeQueueInput>;

export const gradeChoiceSchema = z.object({
  value: scaleValueSchema,
  /** As people read it: "4", "pass". */
  text: z.string(),
  /** What it means; empty where nobody has said. */
  meaning: z.string(),
  /** The worst grade asks for a reason. */
  needsReason: z.boolean(),
});
export type GradeChoice = z.infer<typeof gradeChoiceSchema>;

/** What stays the same over the answers of a queue: the judge's question as the label page asks it. */
export const labelSheetSchema = z.object({
  queue: queueViewSchema,
  judgeName: z.string(),
  /** Worst first. */
  grades: z.array(gradeChoiceSchema).min(2),
  /** Index of the first grade that is good enough; null where no line runs through the grades. */
  goodEnoughFrom: z.number().int().nullable(),
  guidelines: z.array(z.string()),
  /** Short reasons given before, most used first. */
  chips: z.array(z.string()),
});
export type LabelSheet = z.infer<typeof labelSheetSchema>;

/** Where expert and judge differ: shown after the batch, and there the reason is asked. */
export const batchEndSchema = z.object({
  queueId: z.string(),
  labelled: z.number().int(),
  minutes: z.number(),
  differ: z.array(
    z.object({
      labelId: z.string(),
      traceId: z.string(),
      question: z.string(),
      answer: z.string(),
      mine: z.string(),
      judge: z.string(),
      judgeRationale: z.string(),
      myReason: z.string(),
    }),
  ),
  next: z.string(),
  /** Enough new labels with a reason wait, and this person may teach the judge with them. */
  canTeach: z.boolean(),
});
export type BatchEnd = z.infer<typeof batchEndSchema>;

/** The next item; null when nothing is left. */
export const nextItemSchema = z.object({ item: labelItemSchema.nullable() });

export const labelPageSchema = z.object({
  items: z.array(listedLabelSchema),
  nextCursor: z.string().nullable(),
});
export type LabelPage = z.infer<typeof labelPageSchema>;
