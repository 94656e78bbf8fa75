import { z } from "zod";
import { erasureSchema } from "@/lib/contracts/erasure";
import { stepSchema, verdictViewSchema } from "@/lib/contracts/evaluations";
import {
  agreementTableSchema,
  alignmentViewSchema,
  anchorSchema,
  guidelineSchema,
  modelSettingsSchema,
  ruleSpecSchema,
  scaleSchema,
  scaleValueSchema,
} from "@/lib/contracts/judges";
import { apiScopes } from "@/lib/contracts/permissions";
import {
  aboutSchema,
  connectionSchema,
  projectModelsSchema,
  projectSettingsSchema,
} from "@/lib/contracts/projects";
import { expectationsSchema, recordInputsSchema } from "@/lib/contracts/records";
import { evidenceSchema } from "@/lib/contracts/reviews";
import { controlInputSchema, runEventBodySchema } from "@/lib/contracts/run-events";
import { runManifestSchema } from "@/lib/contracts/runs";
import { jsonFormat } from "./json-column";

// One format a kind of JSON; a change that old rows do not fit gets an upcaster and a golden fixture.

export const stringListFormat = jsonFormat("string-list", z.array(z.string()));
export const stringMapFormat = jsonFormat("string-map", z.record(z.string(), z.string()));

/**
 * Anything that JSON holds, but null, which a column tells by itself. Whoever reads it parses it with a schema
 * of their own; members that are undefined are left out, as JSON does.
 */
export type StoredJson = object | string | number | boolean;
export const jsonValueFormat = jsonFormat(
  "json-value",
  z.custom<StoredJson>(
    (value) => value !== null && JSON.stringify(value) !== undefined,
    "it has no JSON form",
  ),
);

export const aboutFormat = jsonFormat("about", aboutSchema);
export const projectModelsFormat = jsonFormat("project-models", projectModelsSchema);
export const projectSettingsFormat = jsonFormat("project-settings", projectSettingsSchema);
export const pricesFormat = jsonFormat("prices", connectionSchema.shape.prices);
export const erasedCountsFormat = jsonFormat("erased-counts", erasureSchema.shape.erased);
export const scopesFormat = jsonFormat("scopes", z.array(z.enum(apiScopes)));

/** How the assistant under test is reached. Secrets of an agent are sealed beside it, never in here. */
export const targetConfigSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("chat") }),
  z.object({
    kind: z.literal("http"),
    url: z.string(),
    /** JSON pointers into the agent's reply; null where it does not say. */
    replyPointer: z.string(),
    stepsPointer: z.string().nullable(),
    usagePointer: z.string().nullable(),
    maxConcurrency: z.number().int().min(1),
    timeoutMs: z.number().int().min(1),
    /** USD; left out or null = not known. */
    maxUsdPerCall: z.number().positive().nullable().optional(),
  }),
]);
export type TargetConfig = z.infer<typeof targetConfigSchema>;
export const targetConfigFormat = jsonFormat("target-config", targetConfigSchema);

export const modelConfigSchema = modelSettingsSchema.extend({ model: z.string().optional() });
export const modelConfigFormat = jsonFormat("model-config", modelConfigSchema);

export const recordInputsFormat = jsonFormat("record-inputs", recordInputsSchema);
export const expectationsFormat = jsonFormat("expectations", expectationsSchema);

/** Models as they were pinned, by role; null where a role was not used. */
export const modelPinsSchema = z.record(
  z.string(),
  z.object({ connectionId: z.string(), model: z.string(), settings: modelSettingsSchema }).nullable(),
);
export type ModelPins = z.infer<typeof modelPinsSchema>;
export const modelPinsFormat = jsonFormat("model-pins", modelPinsSchema);

export const stepsFormat = jsonFormat("steps", z.array(stepSchema));

export const scaleFormat = jsonFormat("scale", scaleSchema);
export const scaleValueFormat = jsonFormat("scale-value", scaleValueSchema);
export const anchorsFormat = jsonFormat("anchors", z.array(anchorSchema));
export const guidelinesFormat = jsonFormat("guidelines", z.array(guidelineSchema));

export const episodeSchema = z.object({
  labelId: z.string(),
  traceId: z.string(),
  recordId: z.string(),
  inputs: z.string(),
  outputs: z.string(),
  value: scaleValueSchema,
  reason: z.string(),
  vector: z.array(z.number()).nullable(),
});
export type StoredEpisode = z.infer<typeof episodeSchema>;
export const episodesFormat = jsonFormat("episodes", z.array(episodeSchema));

export const retrievalSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("lexical") }),
  z.object({ kind: z.literal("embedding"), model: z.string() }),
]);
export const retrievalFormat = jsonFormat("retrieval", retrievalSchema);

export const ruleFormat = jsonFormat("rule", ruleSpecSchema);

export const agreementFormat = jsonFormat("agreement", agreementTableSchema);
export const humanAgreementFormat = jsonFormat("human-agreement", alignmentViewSchema.shape.human.unwrap());
export const alignmentReportFormat = jsonFormat(
  "alignment-report",
  alignmentViewSchema.shape.report.unwrap(),
);

export const manifestFormat = jsonFormat("run-manifest", runManifestSchema, [
  // Version 1 did not pin the About card: such a run reads the card of today, as it did then.
  (old) => ({ ...(old as object), v: 2, about: null }),
  // Until version 3 every lesson held eight records.
  (old) => ({ ...(old as object), v: 3, reflectionExamples: 8 }),
]);
export const runEventBodyFormat = jsonFormat("run-event-body", runEventBodySchema);
export const controlInputFormat = jsonFormat("control-input", controlInputSchema);

export const proposalChangesFormat = jsonFormat(
  "proposal-changes",
  z.array(
    z.object({
      sentence: z.string(),
      exampleIds: z.array(z.string()),
      guidelineIds: z.array(z.string()),
      verified: z.boolean(),
    }),
  ),
);

/** What each judge said of a rollout: the wire form without the formatted grade. */
export const storedVerdictSchema = z.discriminatedUnion("status", [
  verdictViewSchema.options[0].omit({ shown: true }),
  verdictViewSchema.options[1],
]);
export type StoredVerdict = z.infer<typeof storedVerdictSchema>;
export const verdictsFormat = jsonFormat("verdicts", z.array(storedVerdictSchema));
export const objectivesFormat = jsonFormat("objectives", z.record(z.string(), z.number()));

/** Hard limits of a job; null = none. */
export const jobCapsSchema = z.object({
  maxMetricCalls: z.number().nullable(),
  maxUsd: z.number().nullable(),
  maxMinutes: z.number().nullable(),
});
export type JobCaps = z.infer<typeof jobCapsSchema>;
export const jobCapsFormat = jsonFormat("job-caps", jobCapsSchema);

/** What a completed look at the sealed records found; state, progress and staleness are told elsewhere. */
export const evidenceResultSchema = evidenceSchema.omit({
  id: true,
  look: true,
  state: true,
  progress: true,
  cause: true,
  stale: true,
  simulated: true,
  createdAt: true,
  createdBy: true,
  jobId: true,
});
export type EvidenceResult = z.infer<typeof evidenceResultSchema>;
export const evidenceResultFormat = jsonFormat("evidence-result", evidenceResultSchema);
