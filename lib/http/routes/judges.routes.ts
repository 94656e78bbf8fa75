import { z } from "zod";
import {
  editJudgeInput,
  judgeVersionDetailSchema,
  teachingPreflightSchema,
} from "@/lib/contracts/judge-page";
import {
  alignmentViewSchema,
  createJudgeInput,
  differenceOutcomes,
  judgeSchema,
  judgeVersionSchema,
} from "@/lib/contracts/judges";
import { defineRoute } from "../define-route";

export const listJudges = defineRoute({
  id: "judges.list",
  method: "GET",
  path: "/api/v1/projects/:project/judges",
  summary: "Judges of the project with the version in use and a draft, if any.",
  permission: "project:read",
  response: z.object({ items: z.array(judgeSchema) }),
});

export const createJudge = defineRoute({
  id: "judges.create",
  method: "POST",
  path: "/api/v1/projects/:project/judges",
  summary: "Writes a judge. Its scale is fixed for life.",
  permission: "judges:draft",
  body: createJudgeInput,
  response: judgeSchema,
  status: 201,
  idempotent: true,
});

export const getJudge = defineRoute({
  id: "judges.get",
  method: "GET",
  path: "/api/v1/judges/:judge",
  summary: "One judge.",
  permission: "project:read",
  response: judgeSchema,
});

export const listJudgeVersions = defineRoute({
  id: "judges.versions",
  method: "GET",
  path: "/api/v1/judges/:judge/versions",
  summary: "Immutable versions, newest first.",
  permission: "project:read",
  response: z.object({ items: z.array(judgeVersionSchema) }),
});

export const getJudgeVersion = defineRoute({
  id: "judges.version",
  method: "GET",
  path: "/api/v1/judges/:judge/versions/:version",
  summary: "One version with the labels its guidelines come from and the answers it remembers.",
  permission: "project:read",
  response: judgeVersionDetailSchema,
});

export const editJudge = defineRoute({
  id: "judges.edit",
  method: "POST",
  path: "/api/v1/judges/:judge/versions",
  summary: "A hand edit (instructions, grades, guidelines) as a new draft version.",
  permission: "judges:draft",
  body: editJudgeInput,
  response: judgeVersionSchema,
  status: 201,
});

export const discardJudgeDraft = defineRoute({
  id: "judges.discard",
  method: "DELETE",
  path: "/api/v1/judges/:judge/versions/:version",
  summary: "Sets a draft aside; it stays in the history.",
  permission: "judges:draft",
  response: judgeSchema,
});

export const useJudgeVersion = defineRoute({
  id: "judges.use",
  method: "POST",
  path: "/api/v1/judges/:judge/versions/:version/use",
  summary: "Puts a version to use; says how the mean of the same answers moves.",
  permission: "judges:use",
  response: z.object({ judge: judgeSchema, rulerSentence: z.string().nullable() }),
});

export const alignmentPreflight = defineRoute({
  id: "alignments.preflight",
  method: "GET",
  path: "/api/v1/judges/:judge/teaching",
  summary: "Which labels teaching would use and skip, contradictions, host, calls and price.",
  permission: "judges:draft",
  response: teachingPreflightSchema,
});

export const listAlignments = defineRoute({
  id: "alignments.list",
  method: "GET",
  path: "/api/v1/judges/:judge/alignments",
  summary: "Teachings of the judge, newest first.",
  permission: "project:read",
  response: z.object({ items: z.array(alignmentViewSchema) }),
});

export const startAlignment = defineRoute({
  id: "alignments.start",
  method: "POST",
  path: "/api/v1/judges/:judge/alignments",
  summary: "Teaches the judge from the labels that count; makes a draft.",
  permission: "judges:draft",
  response: alignmentViewSchema,
  status: 201,
  idempotent: true,
});

export const getAlignment = defineRoute({
  id: "alignments.get",
  method: "GET",
  path: "/api/v1/alignments/:alignment",
  summary: "One teaching with its stage, the draft, and agreement before and after.",
  permission: "project:read",
  response: alignmentViewSchema,
});

export const decideAlignment = defineRoute({
  id: "alignments.decide",
  method: "POST",
  path: "/api/v1/alignments/:alignment/decision",
  summary: "Use this judge, or keep the old one.",
  permission: "judges:use",
  body: z.object({ decision: z.enum(["used", "kept-old"]) }),
  response: z.object({ alignment: alignmentViewSchema, rulerSentence: z.string().nullable() }),
});

export const controlAlignment = defineRoute({
  id: "alignments.control",
  method: "POST",
  path: "/api/v1/alignments/:alignment/:action",
  summary: "`action` is pause, resume, cancel, or retry (asks again for what failed; the rest is kept).",
  permission: "judges:draft",
  response: alignmentViewSchema,
});

export const settleDifference = defineRoute({
  id: "alignments.settle",
  method: "POST",
  path: "/api/v1/alignments/:alignment/differences",
  summary: "Says who is wrong where an expert and the taught judge differ.",
  permission: "labels:write",
  body: z.object({ labelId: z.string(), outcome: z.enum(differenceOutcomes) }),
  response: alignmentViewSchema,
});
