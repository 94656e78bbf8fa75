import { z } from "zod";
import { refusalReasons, rejectionReasons, stopReasons } from "./run-events";

export const runStates = ["queued", "running", "paused", "done", "failed", "cancelled"] as const;
export type RunState = (typeof runStates)[number];

export const startRunInput = z.object({
  promptVersionId: z.string(),
  /** Judges with weights (sum to 1) and optional floors, by judge version. */
  judges: z
    .array(
      z.object({
        judgeVersionId: z.string(),
        weight: z.number().positive(),
        floor: z.number().min(0).max(1).nullable().default(null),
      }),
    )
    .min(1)
    .max(10),
  maxMetricCalls: z.number().int().min(1).max(100_000).default(75),
  maxUsd: z.number().positive().nullable().default(null),
  maxMinutes: z.number().positive().nullable().default(null),
  strategy: z.enum(["frugal", "reference"]).default("frugal"),
  lanes: z.number().int().min(1).max(16).default(1),
  seed: z.number().int().default(1),
  /** Given when a warning of the preflight asks for one (judge far from the experts, exploratory run). */
  reason: z.string().max(2_000).default(""),
});
export type StartRunInput = z.infer<typeof startRunInput>;

export const findingSchema = z.object({
  code: z.string(),
  level: z.enum(["blocks", "warns", "note"]),
  what: z.string(),
  fix: z.string(),
  href: z.string().nullable(),
});
export type Finding = z.infer<typeof findingSchema>;

const range = z.object({ low: z.number(), high: z.number() });
export const forecastSchema = z.object({
  proposals: range,
  minutes: range,
  usd: range.nullable(),
  tokens: range.nullable(),
  reviewAnswers: z.number().int(),
  reviewUsd: z.number().nullable(),
  /** What the project's cap for the month leaves, in USD; null = there is no cap. */
  monthLeftUsd: z.number().nullable(),
});
export type Forecast = z.infer<typeof forecastSchema>;

export const preflightSchema = z.object({
  findings: z.array(findingSchema),
  forecast: forecastSchema,
  trainset: z.number().int(),
  valset: z.number().int(),
  sealed: z.number().int(),
  exploratory: z.boolean(),
  /** What the budget will probably buy: "75 scored answers: about 6 to 11 suggested edits, …". */
  sentence: z.string(),
  /** What it never exceeds, what a review costs afterwards, what is sent where. */
  detail: z.string(),
  sends: z.object({
    host: z.string(),
    records: z.number().int(),
    guidelinesAndReasons: z.number().int(),
    simulated: z.boolean(),
  }),
  changedSinceLastRun: z.array(z.string()),
  /** More suggested edits at once, where the measured pace says that it is worth it; the default stays 1. */
  lanes: z.object({ suggested: z.number().int(), minutes: range, atOne: range }).nullable(),
  /** A few records answered and graded first, to see that the judge tells answers apart. */
  probe: z.object({
    recordIds: z.array(z.string()),
    usd: z.number().nullable(),
    /** The last round of this prompt under this judge, of whatever size. */
    last: z
      .object({
        jobId: z.string().nullable(),
        isOver: z.boolean(),
        graded: z.number().int(),
        failed: z.number().int(),
        shown: z.string().nullable(),
      })
      .nullable(),
  }),
});
export type Preflight = z.infer<typeof preflightSchema>;

/** Everything a run depends on, frozen at launch. Lists ids and hashes; texts live in their tables. */
export const runManifestSchema = z.object({
  v: z.literal(3),
  engineVersion: z.string(),
  promptVersionId: z.string(),
  targetVersionId: z.string(),
  judges: z.array(z.object({ judgeVersionId: z.string(), weight: z.number(), floor: z.number().nullable() })),
  models: z.record(
    z.string(),
    z
      .object({ connectionId: z.string(), model: z.string(), settings: z.record(z.string(), z.unknown()) })
      .nullable(),
  ),
  snapshotId: z.string(),
  trainset: z.array(z.string()),
  valset: z.array(z.string()),
  maxMetricCalls: z.number(),
  maxUsd: z.number().nullable(),
  maxMinutes: z.number().nullable(),
  strategy: z.enum(["frugal", "reference"]),
  lanes: z.number(),
  concurrency: z.number(),
  seed: z.number(),
  exploratory: z.boolean(),
  simulated: z.boolean(),
  reason: z.string(),
  /** The About card in the words in which reflections read it; null in manifests older than version 2. */
  about: z.string().nullable(),
  /** Records shown to a reflection of the strategy `frugal`: fewer where the money cap is expected to end the run. */
  reflectionExamples: z.number().int().positive(),
});
export type RunManifest = z.infer<typeof runManifestSchema>;

export const candidateRowSchema = z.object({
  candidateId: z.string(),
  proposalId: z.string().nullable(),
  parentIds: z.array(z.string()),
  status: z.enum(["seed", "trying", "accepted", "rejected", "refused"]),
  /** Normalised mean over the valset ids scored so far. */
  meanScore: z.number().nullable(),
  scoredOn: z.number().int(),
  fullyValidated: z.boolean(),
  /** Valset examples it is (among) the best on, after dominated candidates are removed. */
  bestOn: z.array(z.string()),
  summary: z.string(),
  /** Written by a person during the run, not suggested by a model. */
  byHand: z.boolean(),
  /** Why it was refused, in the engine's words; "" otherwise. */
  why: z.string(),
  /** Code of the refusal or rejection. */
  reason: z.enum([...refusalReasons, ...rejectionReasons]).nullable(),
  /** Last comparison on the records that both have: normalised means. */
  compared: z
    .object({
      mean: z.number(),
      otherMean: z.number(),
      otherId: z.string().nullable(),
      records: z.number().int(),
    })
    .nullable(),
  /** Records shown to the model that suggested it. */
  shownExampleIds: z.array(z.string()),
  /** Metric calls of the run when this was decided. */
  metricCalls: z.number().int(),
});
export type CandidateRow = z.infer<typeof candidateRowSchema>;

/**
 * One line of a run's log: what happened, in ids and normalised numbers. `describeLogEntry` (lib/view-models) makes
 * the sentence, on the judge's own scale.
 */
export const runLogEntrySchema = z.object({
  seq: z.number().int(),
  at: z.number(),
  type: z.string(),
  candidateId: z.string().nullable(),
  otherIds: z.array(z.string()),
  score: z.number().nullable(),
  otherScore: z.number().nullable(),
  records: z.number().int(),
  code: z.string().nullable(),
  text: z.string(),
});
export type RunLogEntry = z.infer<typeof runLogEntrySchema>;

/** The read model of a run: made by folding its events, on the server and in the browser alike. */
export const runViewSchema = z.object({
  runId: z.string(),
  lastSeq: z.number().int(),
  phase: z.enum(["waiting", "seed", "searching", "finishing", "ended"]),
  paused: z.object({ cause: z.string(), byPerson: z.boolean() }).nullable(),
  failed: z.string().nullable(),
  seedCandidateId: z.string().nullable(),
  trainset: z.array(z.string()),
  valset: z.array(z.string()),
  excluded: z.array(z.object({ exampleId: z.string(), cause: z.string() })),
  metricCalls: z.number().int(),
  maxMetricCalls: z.number().int(),
  reflections: z.number().int(),
  spentUsd: z.number().nullable(),
  savedUsd: z.number().nullable(),
  minutesLeft: range.nullable(),
  /** What it will probably have cost in the end; narrower with every answer. */
  usdAtEnd: range.nullable(),
  failedRollouts: z.number().int(),
  /** Why answers could not be scored, first met first, with how often; the rarest of many stand under "". */
  failures: z.array(z.object({ cause: z.string(), count: z.number().int() })),
  repeatedAfterCrash: z.number().int(),
  candidates: z.array(candidateRowSchema),
  /** Candidate → example → normalised score (null = could not be scored). */
  scores: z.record(z.string(), z.record(z.string(), z.number().nullable())),
  recommended: z
    .object({ candidateId: z.string(), estimate: z.number(), scoredOn: z.number().int() })
    .nullable(),
  /** Steps of the score curve: the recommended candidate's estimate at each metric call. */
  curve: z.array(
    z.object({
      metricCalls: z.number(),
      candidateId: z.string(),
      score: z.number(),
      kind: z.enum(["rung", "full", "best", "seed"]),
    }),
  ),
  /** Where the best of as many tries would land by luck alone, normalised, at each reckoning. */
  luckBand: z.array(z.object({ metricCalls: z.number(), low: z.number(), high: z.number() })),
  trying: z
    .object({
      proposalId: z.string(),
      parentIds: z.array(z.string()),
      summary: z.string(),
      exampleIds: z.array(z.string()),
      scored: z.number().int(),
    })
    .nullable(),
  hints: z.array(z.string()),
  pinnedParentId: z.string().nullable(),
  /** Candidates a person took out of the search. */
  excludedCandidateIds: z.array(z.string()),
  /** The latest entries, oldest first. */
  log: z.array(runLogEntrySchema),
  ended: z
    .object({
      stopReason: z.enum(stopReasons),
      detail: z.string(),
      recommendedCandidateId: z.string(),
      seedScore: z.number().nullable(),
      recommendedScore: z.number().nullable(),
    })
    .nullable(),
});
export type RunView = z.infer<typeof runViewSchema>;

/** A run's row plus its read model: the snapshot that a page loads before it tails the stream. */
export const runSnapshotSchema = z.object({
  id: z.string(),
  projectId: z.string(),
  number: z.number().int(),
  state: z.enum(runStates),
  cause: z.string().nullable(),
  promptName: z.string(),
  promptVersion: z.number().int(),
  manifest: runManifestSchema,
  scale: z.unknown(),
  goodEnough: z.unknown(),
  /**
   * What is in production now, with its normalised mean on the comparison records; the mean is null where it is not
   * known for all of them. Null when nothing is in production.
   */
  production: z
    .object({
      version: z.number().int(),
      isStart: z.boolean(),
      score: z.number().nullable(),
      /** Where the mean comes from: this run, or answers that the same judges graded for something else. */
      from: z.enum(["run", "earlier"]).default("run"),
      /** Comparison records, and those on which its answer has a grade of these judges. */
      records: z.number().int().default(0),
      graded: z.number().int().default(0),
    })
    .nullable(),
  questions: z.record(z.string(), z.string()),
  /** Everything that it was launched with, named for people. */
  settings: z.array(z.object({ name: z.string(), value: z.string() })),
  /** What it may use at most, raises by people included. */
  caps: z.object({
    maxMetricCalls: z.number().int(),
    maxUsd: z.number().nullable(),
    maxMinutes: z.number().nullable(),
  }),
  view: runViewSchema,
  simulated: z.boolean(),
  createdAt: z.number(),
  createdBy: z.string(),
  endedAt: z.number().nullable(),
});
export type RunSnapshot = z.infer<typeof runSnapshotSchema>;

/** What can be chosen at a launch, best choice first. */
export const launchOptionsSchema = z.object({
  prompts: z.array(
    z.object({
      promptVersionId: z.string(),
      name: z.string(),
      version: z.number().int(),
      inProduction: z.boolean(),
    }),
  ),
  judges: z.array(
    z.object({
      judgeVersionId: z.string(),
      name: z.string(),
      version: z.number().int(),
      isModel: z.boolean(),
    }),
  ),
  /** Whether a cap in money can be kept: every model has a price. */
  canCapMoney: z.boolean(),
});
export type LaunchOptions = z.infer<typeof launchOptionsSchema>;

/** A run in the list of runs. */
export const runRowSchema = runSnapshotSchema
  .pick({
    id: true,
    number: true,
    state: true,
    cause: true,
    promptName: true,
    promptVersion: true,
    scale: true,
    simulated: true,
    createdAt: true,
    createdBy: true,
    endedAt: true,
  })
  .extend({
    sentence: z.string(),
    /** The recommended candidate's estimate as it rose, normalised. */
    sparkline: z.array(z.number()),
    seedScore: z.number().nullable(),
    recommendedScore: z.number().nullable(),
    /** On the records that both were scored on, normalised; null when there is none, or nothing was better. */
    gain: z
      .object({ value: z.number(), low: z.number(), high: z.number(), records: z.number().int() })
      .nullable(),
    metricCalls: z.number().int(),
    maxMetricCalls: z.number().int(),
    spentUsd: z.number().nullable(),
  });
export type RunRow = z.infer<typeof runRowSchema>;

export const steerInput = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("hint"), text: z.string().trim().min(1).max(2_000) }),
  z.object({ kind: z.literal("withdraw-hint"), text: z.string() }),
  z.object({ kind: z.literal("exclude-candidate"), candidateId: z.string() }),
  z.object({ kind: z.literal("pin-parent"), candidateId: z.string().nullable() }),
  /** Null leaves money or minutes as they are. No cap is ever lowered, and none is set where there was none. */
  z.object({
    kind: z.literal("raise-budget"),
    maxMetricCalls: z.number().int().min(1).max(100_000),
    maxUsd: z.number().positive().nullable().default(null),
    maxMinutes: z.number().positive().nullable().default(null),
  }),
  /** A text written by hand, tried next and scored like any other. Components that are not named stay the parent's. */
  z.object({
    kind: z.literal("add-candidate"),
    parentId: z.string(),
    components: z.record(z.string(), z.string().max(200_000)),
    summary: z.string().trim().max(500).default(""),
  }),
]);
export type SteerInput = z.infer<typeof steerInput>;
