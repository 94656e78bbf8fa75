import { z } from "zod";
import { blindResultSchema } from "./blind";
import { agreementTableSchema } from "./judges";
import { aboutSchema } from "./projects";
import { promptReaderSchema } from "./prompts";

export const createReviewInput = z.object({
  /** From a run's candidate… */
  runId: z.string().optional(),
  candidateId: z.string().optional(),
  /** …or a hand-written text for a prompt. */
  promptId: z.string().optional(),
  components: z.record(z.string(), z.string()).optional(),
});
export type CreateReviewInput = z.infer<typeof createReviewInput>;

export const pairSchema = z.object({
  recordId: z.string(),
  question: z.string(),
  tags: z.array(z.string()),
  critical: z.boolean(),
  /** Part of the statistics: a sealed record. Others are here because they must never fail. */
  counted: z.boolean(),
  before: z.object({
    output: z.string(),
    shown: z.string(),
    score: z.number().nullable(),
    rationale: z.string(),
  }),
  after: z.object({
    output: z.string(),
    shown: z.string(),
    score: z.number().nullable(),
    rationale: z.string(),
  }),
  outcome: z.enum(["better", "worse", "same", "not-scored"]),
});
export type EvidencePair = z.infer<typeof pairSchema>;

/** One look at the sealed records: bought by a click, counted for ever. */
export const evidenceSchema = z.object({
  id: z.string(),
  look: z.number().int(),
  state: z.enum(["queued", "running", "paused", "done", "failed", "cancelled"]),
  progress: z.object({ done: z.number().int(), total: z.number().int() }),
  cause: z.string().nullable(),
  verdict: z.enum(["better", "not-enough", "worse"]).nullable(),
  headline: z.string(),
  sentence: z.string(),
  counts: z
    .object({ better: z.number(), worse: z.number(), same: z.number(), notScored: z.number() })
    .nullable(),
  /** On the judge's own scale. */
  meanBefore: z.number().nullable(),
  meanAfter: z.number().nullable(),
  gain: z.object({ low: z.number(), high: z.number(), value: z.number() }).nullable(),
  pValue: z.number().nullable(),
  alpha: z.number().nullable(),
  morePairsNeeded: z.number().int().nullable(),
  byTag: z.array(
    z.object({
      tag: z.string(),
      better: z.number(),
      worse: z.number(),
      same: z.number(),
      tooFew: z.boolean(),
    }),
  ),
  pairs: z.array(pairSchema),
  /** Records that must never fail: a guard set, outside the statistics. `failing` lists record ids. */
  critical: z.object({
    passed: z.number().int(),
    of: z.number().int(),
    failing: z.array(z.string()),
    cases: z.array(
      z.object({
        recordId: z.string(),
        question: z.string(),
        before: z.string(),
        after: z.string(),
        rationale: z.string(),
        /** Three fresh readings were all clean: an approver's word may lift it. */
        liftable: z.boolean(),
        readings: z.string(),
        lifted: z.object({ reason: z.string(), by: z.string() }).nullable(),
      }),
    ),
  }),
  losses: z.array(
    z.object({
      recordId: z.string(),
      question: z.string(),
      before: z.string(),
      after: z.string(),
      confirmed: z.boolean(),
      readings: z.string(),
      accepted: z.object({ reason: z.string(), by: z.string() }).nullable(),
    }),
  ),
  perAnswer: z
    .object({
      before: z.object({
        costUsd: z.number().nullable(),
        ms: z.number().nullable(),
        tokens: z.number().nullable(),
      }),
      after: z.object({
        costUsd: z.number().nullable(),
        ms: z.number().nullable(),
        tokens: z.number().nullable(),
      }),
    })
    .nullable(),
  stale: z.string().nullable(),
  simulated: z.boolean(),
  modelCalls: z.number().int(),
  costUsd: z.number().nullable(),
  createdAt: z.number(),
  createdBy: z.string(),
  /** The job behind it, to follow, pause and resume. */
  jobId: z.string().nullable(),
});
export type EvidenceView = z.infer<typeof evidenceSchema>;

export const checkSchema = z.object({
  code: z.string(),
  status: z.enum(["ok", "warns", "blocks"]),
  sentence: z.string(),
});

export const hunkSourceSchema = z.object({
  sentence: z.string(),
  verified: z.boolean(),
  records: z.array(z.object({ id: z.string(), question: z.string() })),
  guidelines: z.array(
    z.object({
      id: z.string(),
      text: z.string(),
      /** The comments that this sentence answers. */
      words: z.array(z.object({ author: z.string(), reason: z.string(), at: z.number() })),
      /** Further comments behind the guideline, which ask for other things. */
      others: z.number().int().default(0),
    }),
  ),
});

/** What stands between this review and promotion, in words; empty = the gate is open. */
export const gateSchema = z.object({
  open: z.boolean(),
  blockers: z.array(z.object({ code: z.string(), what: z.string(), fix: z.string() })),
  approvals: z.array(z.object({ by: z.string(), at: z.number(), self: z.boolean(), override: z.boolean() })),
  approvalsNeeded: z.number().int(),
  selfApprovalOffered: z.boolean(),
  overrideAllowed: z.boolean(),
  waysRound: z.string(),
  targetAlias: z.string(),
});
export type GateView = z.infer<typeof gateSchema>;

/** What scoring the sealed records would take, told before the click. */
export const evidenceOfferSchema = z.object({
  /** Number that this look would have in its review. */
  look: z.number().int(),
  sealed: z.number().int(),
  critical: z.number().int(),
  /** Both sides together; fresh readings of losses come on top. */
  answers: z.number().int(),
  usd: z.number().nullable(),
  host: z.string(),
  simulated: z.boolean(),
  /** False when nothing is in production yet: the first set needs no test. */
  needed: z.boolean(),
  /** Why it cannot be bought now, and what to do; null = it can. */
  blocked: z.string().nullable(),
  /** Asks for fresh records after five looks; null before. */
  note: z.string().nullable(),
});
export type EvidenceOffer = z.infer<typeof evidenceOfferSchema>;

export const reviewSchema = z.object({
  id: z.string(),
  projectId: z.string(),
  number: z.number().int(),
  state: z.enum(["open", "approved", "promoted", "declined"]),
  promptId: z.string(),
  promptName: z.string(),
  runId: z.string().nullable(),
  runNumber: z.number().int().nullable(),
  candidateId: z.string().nullable(),
  author: z.string(),
  about: aboutSchema,
  baseline: z
    .object({
      versionId: z.string(),
      version: z.number().int(),
      text: z.string(),
      components: z.record(z.string(), z.string()),
      since: z.number().nullable(),
    })
    .nullable(),
  currentVersion: z.number().int().nullable(),
  text: z.string(),
  components: z.record(z.string(), z.string()),
  layout: z.array(z.string()),
  /** Changes of the words on this page, oldest first. */
  edits: z.array(z.object({ by: z.string(), at: z.number(), fromHash: z.string(), toHash: z.string() })),
  /** Identity of the words under review: what is approved. */
  contentHash: z.string(),
  nextVersion: z.number().int(),
  decisionSentence: z.string(),
  sealedCount: z.number().int(),
  evidence: evidenceSchema.nullable(),
  looks: z.number().int(),
  checks: z.array(checkSchema),
  sources: z.array(hunkSourceSchema),
  judge: z
    .object({ name: z.string(), version: z.number().int(), agreement: agreementTableSchema.nullable() })
    .nullable(),
  practice: z
    .object({
      seed: z.number().nullable(),
      candidate: z.number().nullable(),
      better: z.number(),
      worse: z.number(),
      same: z.number(),
    })
    .nullable(),
  comments: z.array(
    z.object({
      id: z.string(),
      author: z.string(),
      text: z.string(),
      line: z.string().nullable(),
      kind: z.enum(["comment", "question"]),
      createdAt: z.number(),
    }),
  ),
  gate: gateSchema,
  simulated: z.boolean(),
  declined: z.object({ by: z.string(), reason: z.string() }).nullable(),
  offer: evidenceOfferSchema,
  /** What the experts prefer without knowing which is which; null when nobody was asked. */
  blind: blindResultSchema.nullable(),
  /** Pairs that an expert would be asked about; 0 = there is nothing to compare. */
  blindPairs: z.number().int(),
  /** What this person is to the review and may do here. */
  you: z.object({
    isAuthor: z.boolean(),
    hasApproved: z.boolean(),
    mayApprove: z.boolean(),
    mayPromote: z.boolean(),
    mayBuyEvidence: z.boolean(),
    /** May change the words in place; undecided reviews only. */
    mayEdit: z.boolean(),
    mayComment: z.boolean(),
    /** May compare blind; of the author only where nobody else is there. */
    mayCompare: z.boolean(),
    mayOverride: z.boolean(),
    /** Promoting now would add the last word that is missing. */
    completesApprovals: z.boolean(),
  }),
  promotion: z
    .object({
      version: z.number().int(),
      fromVersion: z.number().int().nullable(),
      alias: z.string(),
      at: z.number(),
      by: z.string(),
      reason: z.string(),
      selfApproved: z.boolean(),
      overridden: z.boolean(),
      /** The alias still points at it. */
      isCurrent: z.boolean(),
    })
    .nullable(),
  readers: z.array(promptReaderSchema),
  createdAt: z.number(),
});
export type ReviewView = z.infer<typeof reviewSchema>;

export const promoteInput = z.object({
  /** Version number that the person saw in production; null = none yet. A mismatch is a 409. */
  expectedCurrent: z.number().int().nullable(),
  reason: z.string().trim().min(1, "Say in a few words why.").max(5_000),
  override: z.boolean().default(false),
});
export type PromoteInput = z.infer<typeof promoteInput>;
