import { z } from "zod";
import {
  candidateBecauseSchema,
  candidateDetailSchema,
  runCallDetailSchema,
  runCallSchema,
} from "@/lib/contracts/run-candidates";
import { runComparisonSchema } from "@/lib/contracts/run-comparison";
import { wireRunSnapshotSchema } from "@/lib/contracts/run-matrix";
import { preflightSchema, runRowSchema, startRunInput, steerInput } from "@/lib/contracts/runs";
import { defineRoute } from "../define-route";

export const listRuns = defineRoute({
  id: "runs.list",
  method: "GET",
  path: "/api/v1/projects/:project/runs",
  summary: "Runs, newest first.",
  permission: "project:read",
  scope: "runs:read",
  response: z.object({ items: z.array(runRowSchema) }),
});

export const preflightRun = defineRoute({
  id: "runs.preflight",
  method: "POST",
  path: "/api/v1/projects/:project/runs/preflight",
  summary: "What a launch would find and cost. Spends nothing.",
  permission: "project:read",
  scope: "runs:read",
  body: startRunInput,
  response: preflightSchema,
});

export const startRun = defineRoute({
  id: "runs.start",
  method: "POST",
  path: "/api/v1/projects/:project/runs",
  summary: "Freezes the manifest and starts a run; returns at once.",
  permission: "runs:write",
  scope: "runs:write",
  body: startRunInput,
  response: wireRunSnapshotSchema,
  status: 201,
  idempotent: true,
});

export const getRun = defineRoute({
  id: "runs.get",
  method: "GET",
  path: "/api/v1/runs/:run",
  summary: "The run with its read model; tail the event stream from `view.lastSeq`.",
  permission: "project:read",
  scope: "runs:read",
  response: wireRunSnapshotSchema,
});

export const controlRun = defineRoute({
  id: "runs.control",
  method: "POST",
  path: "/api/v1/runs/:run/:action",
  summary: "`action` is pause, resume, cancel (drop what is in flight) or stop (take the best).",
  permission: "runs:write",
  scope: "runs:write",
  response: wireRunSnapshotSchema,
});

export const steerRun = defineRoute({
  id: "runs.steer",
  method: "POST",
  path: "/api/v1/runs/:run/steer",
  summary:
    "A hint for the next edits, which candidate to leave out or build on, a text written by hand, a raised budget; journaled.",
  permission: "runs:write",
  scope: "runs:write",
  body: steerInput,
});

export const getCandidate = defineRoute({
  id: "runs.candidate",
  method: "GET",
  path: "/api/v1/runs/:run/candidates/:candidate",
  summary: "One candidate: text, provenance, reflection prompt and reply, results a record.",
  permission: "project:read",
  scope: "runs:read",
  response: candidateDetailSchema,
});

export const getCandidateBecause = defineRoute({
  id: "runs.because",
  method: "GET",
  path: "/api/v1/runs/:run/candidates/:candidate/because",
  summary: "What led to one candidate: what was said of its parent's answers, and the experts' words.",
  permission: "project:read",
  scope: "runs:read",
  response: candidateBecauseSchema,
});

export const listCandidateCalls = defineRoute({
  id: "runs.calls",
  method: "GET",
  path: "/api/v1/runs/:run/candidates/:candidate/calls",
  summary: "Calls made on account of one candidate: its suggestion, its answers and their grades.",
  permission: "project:read",
  scope: "runs:read",
  response: z.object({ items: z.array(runCallSchema) }),
});

export const getRunCall = defineRoute({
  id: "runs.call",
  method: "GET",
  path: "/api/v1/runs/:run/calls/:call",
  summary: "One call with the exact request and reply.",
  permission: "project:read",
  scope: "runs:read",
  response: runCallDetailSchema,
});

export const compareRuns = defineRoute({
  id: "runs.compare",
  method: "GET",
  path: "/api/v1/runs/:run/compare/:other",
  summary: "Two runs side by side: settings, outcomes, and the best candidates record by record.",
  permission: "project:read",
  scope: "runs:read",
  response: runComparisonSchema,
});
