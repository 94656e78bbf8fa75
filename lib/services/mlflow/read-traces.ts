import "server-only";
import { z } from "zod";
import type { RemoteFeedback, RemoteLine, RemoteTrace } from "./import-content";
import type { MlflowClient } from "./mlflow-client";
import { tracesIn } from "./probe";
import { hashOf } from "./read-datasets";
import { answerOf, askedOf, type Span, spanSchema } from "./span-values";

const assessmentSchema = z.looseObject({
  assessment_id: z.string(),
  assessment_name: z.string(),
  source: z.object({ source_type: z.string(), source_id: z.string().default("default") }).optional(),
  feedback: z.looseObject({ value: z.unknown(), error: z.unknown().optional() }).optional(),
  expectation: z.looseObject({ value: z.unknown() }).optional(),
  rationale: z.string().default(""),
  valid: z.boolean().default(true),
});
type Assessment = z.infer<typeof assessmentSchema>;

const infoSchema = z.looseObject({
  trace_id: z.string(),
  request_time: z.union([z.string(), z.number()]).optional(),
  execution_duration: z.string().optional(),
  state: z.string().default("OK"),
  assessments: z.array(assessmentSchema).default([]),
});
const foundSchema = z.object({
  traces: z.array(infoSchema).default([]),
  next_page_token: z.string().default(""),
});
const wholeSchema = z.object({ trace: z.object({ spans: z.array(spanSchema).default([]) }) });

const PAGE = 100;
const MOST_TRACES = 2_000;
const MOST_STEPS = 100;
const MAX_TEXT = 200_000;

/**
 * Traces that a person has judged, whole (the list has only the beginning of each text), with what was asked as a
 * line of an import of records. Throws `MlflowError`.
 */
export async function readTraces(
  client: MlflowClient,
  experimentId: string,
  notices: string[],
): Promise<{ traces: RemoteTrace[]; lines: RemoteLine[] }> {
  const traces: RemoteTrace[] = [];
  const lines: RemoteLine[] = [];
  let token = "";
  do {
    const page = await client.call("POST", "3.0/mlflow/traces/search", foundSchema, {
      body: { ...tracesIn(experimentId, PAGE), ...(token === "" ? {} : { page_token: token }) },
    });
    for (const info of page.traces.filter(({ assessments }) => assessments.some(isByPerson))) {
      if (traces.length === MOST_TRACES) {
        notices.push(`Only the first ${MOST_TRACES.toLocaleString("en")} judged traces were read.`);
        return { traces, lines };
      }
      const { trace } = await client.call("GET", "3.0/mlflow/traces/get", wholeSchema, {
        query: { trace_id: info.trace_id, allow_partial: "true" },
      });
      const read = toRemoteTrace(info, trace.spans);
      if (read === null)
        notices.push(`Trace ${info.trace_id} has no root span with inputs; it was left out.`);
      else {
        traces.push(read.trace);
        lines.push(read.line);
      }
    }
    token = page.next_page_token;
  } while (token !== "");
  return { traces, lines };
}

/** A person's word that still counts. */
function isByPerson({ source, valid }: Assessment): boolean {
  return source?.source_type === "HUMAN" && valid;
}

function toRemoteTrace(
  info: z.infer<typeof infoSchema>,
  spans: readonly Span[],
): { trace: RemoteTrace; line: RemoteLine } | null {
  const root = spans.find(({ parentId }) => parentId === null);
  const inputs = root?.attributes["mlflow.spanInputs"];
  if (!root || inputs === undefined || inputs === null) return null;
  const output = info.state === "ERROR" ? null : answerOf(root.attributes["mlflow.spanOutputs"]);
  const expectations = Object.fromEntries(
    info.assessments
      .filter((one) => isByPerson(one) && one.expectation !== undefined)
      .map(({ assessment_name, expectation }) => [assessment_name.trim(), expectation?.value]),
  );
  const value = { inputs: askedOf(inputs), expectations };
  return {
    line: { remoteId: info.trace_id, hash: hashOf(value), value },
    trace: {
      id: info.trace_id,
      at: timeOf(info.request_time) ?? Math.round(root.startedAtMs),
      output: (output ?? "").slice(0, MAX_TEXT),
      cause:
        output === null
          ? (root.failure || "It ended without words of the assistant.").slice(0, 10_000)
          : null,
      steps: spans.filter(isTool).slice(0, MOST_STEPS).map(toStep),
      latencyMs: Math.max(0, root.endedAtMs - root.startedAtMs),
      feedback: info.assessments
        .filter((one) => isByPerson(one) && one.feedback !== undefined)
        .map(toFeedback),
    },
  };
}

function timeOf(given: string | number | undefined): number | null {
  const at = typeof given === "number" ? given : Date.parse(given ?? "");
  return Number.isFinite(at) ? at : null;
}

function isTool({ attributes }: Span): boolean {
  return attributes["mlflow.spanType"] === "TOOL";
}

function toStep({ name, attributes, startedAtMs, endedAtMs, failure }: Span): RemoteTrace["steps"][number] {
  const words = (value: unknown): string =>
    (typeof value === "string" ? value : JSON.stringify(value ?? null)).slice(0, 20_000);
  const result = failure ?? words(attributes["mlflow.spanOutputs"]);
  const ms = Math.max(0, endedAtMs - startedAtMs);
  return { tool: name.slice(0, 200), arguments: words(attributes["mlflow.spanInputs"]), result, ms };
}

function toFeedback(one: Assessment): RemoteFeedback {
  const { assessment_id: id, assessment_name: name, feedback, rationale, source } = one;
  const facts = {
    value: feedback?.value ?? null,
    rationale: rationale.slice(0, 5_000),
    by: source?.source_id ?? "default",
  };
  return { id, name: name.trim(), ...facts, hash: hashOf({ name, ...facts }) };
}
