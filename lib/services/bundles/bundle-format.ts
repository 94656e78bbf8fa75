import "server-only";
import { z } from "zod";
import { evidenceResultSchema, modelConfigSchema, modelPinsSchema, storedVerdictSchema } from "@/db/formats";
import { anchorSchema, guidelineSchema, scaleSchema, scaleValueSchema } from "@/lib/contracts/judges";
import { aboutSchema } from "@/lib/contracts/projects";
import { aliasEventSchema, promptVersionSchema } from "@/lib/contracts/prompts";
import { expectationsSchema, recordInputsSchema } from "@/lib/contracts/records";
import { reviewSchema } from "@/lib/contracts/reviews";

/** Name of the format, the first thing in a file. */
export const BUNDLE_FORMAT = "touchstone-evidence-bundle";

const words = z.object({
  components: z.record(z.string(), z.string()),
  layout: z.array(z.string()),
  modelConfig: modelConfigSchema,
  contentHash: z.string(),
});

/** One answer to one record under one of the two prompts, graded. Failed ones are here too. */
export const readingSchema = z.object({
  side: z.enum(["baseline", "candidate"]),
  recordId: z.string(),
  /** 0 to 2: the reading that counts and its re-runs; 11 to 13: fresh readings that confirm a loss. */
  sample: z.number().int(),
  status: z.enum(["scored", "failed"]),
  score: z.number().nullable(),
  output: z.string().nullable(),
  feedback: z.string(),
  cause: z.string().nullable(),
  verdicts: z.array(storedVerdictSchema),
  costUsd: z.number().nullable(),
  latencyMs: z.number().nullable(),
  inputTokens: z.number().nullable(),
  outputTokens: z.number().nullable(),
});

const judgeSchema = z.object({
  versionId: z.string(),
  name: z.string(),
  version: z.number().int(),
  weight: z.number(),
  scale: scaleSchema,
  goodEnough: scaleValueSchema.nullable(),
  anchors: z.array(anchorSchema),
  instructions: z.string(),
  guidelines: z.array(guidelineSchema),
});

const lookSchema = z.object({
  id: z.string(),
  look: z.number().int(),
  boughtBy: z.string(),
  boughtAt: z.number(),
  contentHash: z.string(),
  baselineVersion: z.number().int().nullable(),
  simulated: z.boolean(),
  models: modelPinsSchema,
  judges: z.array(judgeSchema),
  records: z.array(
    z.object({
      recordId: z.string(),
      revision: z.number().int(),
      set: z.enum(["unassigned", "practice", "sealed"]),
      critical: z.boolean(),
      tags: z.array(z.string()),
      inputs: recordInputsSchema,
      expectations: expectationsSchema,
    }),
  ),
  readings: z.array(readingSchema),
  /** Model calls bought for this look, a line a role. */
  calls: z.array(z.object({ role: z.string(), calls: z.number().int(), costUsd: z.number().nullable() })),
  /** What the page showed; null of a look that ended without a result. */
  result: evidenceResultSchema.nullable(),
  acceptances: z.array(
    z.object({ recordId: z.string(), reason: z.string(), by: z.string(), at: z.number() }),
  ),
  blind: z
    .object({
      askedBy: z.string(),
      askedAt: z.number(),
      checks: z.array(
        z.object({
          expert: z.string(),
          recordId: z.string(),
          position: z.number().int(),
          candidateFirst: z.boolean(),
          swappedDuplicate: z.boolean(),
          choice: z.enum(["first", "second", "same"]).nullable(),
          reason: z.string(),
        }),
      ),
      result: reviewSchema.shape.blind.unwrap(),
    })
    .nullable(),
});

const runSchema = z.object({
  id: z.string(),
  number: z.number().int(),
  launchedBy: z.string(),
  manifest: z.record(z.string(), z.unknown()),
  /** Scores on the practice records that it compared on, 0 to 1: of the starting prompt, and of this candidate. */
  startingScores: z.record(z.string(), z.number().nullable()),
  candidateScores: z.record(z.string(), z.number().nullable()),
  judges: z.array(judgeSchema.pick({ versionId: true, weight: true, scale: true, goodEnough: true })),
  /** Everything that happened in it, in order. */
  events: z.array(z.unknown()),
});

/** Everything that the figures of a review's card need, in one file (docs/decisions/043). */
export const bundleSchema = z.object({
  format: z.literal(BUNDLE_FORMAT),
  v: z.literal(1),
  madeAt: z.number(),
  simulated: z.boolean(),
  project: z.object({ id: z.string(), name: z.string(), about: aboutSchema }),
  prompt: z.object({ id: z.string(), name: z.string() }),
  review: words.extend({
    id: z.string(),
    number: z.number().int(),
    state: reviewSchema.shape.state,
    authors: z.array(z.object({ id: z.string(), name: z.string() })),
    candidateId: z.string().nullable(),
    openedAt: z.number(),
    edits: z.array(z.object({ by: z.string(), at: z.number(), fromHash: z.string(), toHash: z.string() })),
    closed: z.object({ by: z.string(), reason: z.string(), at: z.number() }).nullable(),
  }),
  baseline: words.extend({ version: z.number().int() }).nullable(),
  looks: z.array(lookSchema),
  approvals: z.array(
    z.object({
      by: z.string(),
      byId: z.string(),
      contentHash: z.string(),
      self: z.boolean(),
      override: z.boolean(),
      reason: z.string(),
      at: z.number(),
    }),
  ),
  /** Null until it is promoted. */
  promotion: z.object({ event: aliasEventSchema, version: promptVersionSchema }).nullable(),
  checks: reviewSchema.shape.checks,
  comments: reviewSchema.shape.comments,
  sources: reviewSchema.shape.sources,
  practice: reviewSchema.shape.practice,
  run: runSchema.nullable(),
});
export type Bundle = z.infer<typeof bundleSchema>;
export type BundleLook = Bundle["looks"][number];
