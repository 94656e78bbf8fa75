import "server-only";
import { inputsHash, questionOf } from "@/db/repos/record-text";
import { AppError, type FieldProblem } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import type { OptimizationRecord } from "@/lib/contracts/records";
import type { SendTracesInput, SentTrace, SentTraces } from "@/lib/contracts/traces";
import { audit } from "../audit";
import { actorId, authorize } from "../authorize";
import { findPersonalData } from "../records/personal-data";
import type { ServiceDeps } from "../service-deps";

/** What a trace knows of its record; its text is pointed out to nobody but the project that keeps it. */
const NO_EXPECTATIONS = { v: 1 as const, expected_response: "", facts: [], mustNever: [] };

/**
 * Keeps answers that came from outside, all or none. A question that no record asks yet becomes one, without a word
 * on what a good answer does: somebody has to say that. Names that were sent before are answered, not kept again.
 */
export function sendTraces(deps: ServiceDeps, actor: Actor, input: SendTracesInput): SentTraces {
  const projectId = projectOf(actor, input);
  authorize(actor, "answers:create", projectId);
  const { repos } = deps;
  refusePersonalData(deps, projectId, input.traces);
  return repos.transaction(() => {
    const items = input.traces.map((trace, index) => keep(deps, actor, projectId, trace, `traces.${index}`));
    const created = items.filter((item) => item.created).length;
    if (created > 0) {
      const details = { created, sent: items.length };
      audit(deps, actor, {
        projectId,
        action: "traces-sent",
        subjectType: "project",
        subjectId: projectId,
        details,
      });
    }
    return { items };
  });
}

/** The project that is named, or the one that the key belongs to. Whether the actor may is for `authorize` to say. */
function projectOf(actor: Actor, { project }: SendTracesInput): string {
  const projectId = project ?? (actor.kind === "key" ? actor.projectId : null);
  if (projectId !== null) return projectId;
  const message = "Say which project the traces are for.";
  throw new AppError("invalid-input", `${message} Nothing was kept.`, {
    errors: [{ path: "project", message }],
  });
}

function keep(
  deps: ServiceDeps,
  actor: Actor,
  projectId: string,
  sent: SentTrace,
  path: string,
): SentTraces["items"][number] {
  const { repos, now, newId } = deps;
  const known = sent.id === undefined ? null : repos.traces.byExternalId(projectId, sent.id);
  const id = sent.id ?? null;
  if (known) return { traceId: known.id, id, recordId: known.recordId, created: false, recordCreated: false };
  const { record, recordCreated } = recordFor(deps, actor, projectId, sent, path);
  const traceId = newId("trc");
  repos.traces.insert({
    id: traceId,
    projectId,
    recordId: record.id,
    recordRevision: record.revision,
    evaluationId: null,
    promptVersionId: promptVersionOf(deps, projectId, sent, path),
    targetVersionId: null,
    externalId: id,
    state: sent.output.trim() === "" ? "ERROR" : "OK",
    question: questionOf(record.inputs),
    output: sent.output,
    cause: sent.error ?? null,
    steps: sent.steps,
    provenance: `Real conversation, sent in by ${actor.name} · not live`,
    outputKey: null,
    simulated: false,
    latencyMs: sent.latencyMs ?? null,
    costUsd: sent.costUsd ?? null,
    createdAt: now(),
  });
  return { traceId, id, recordId: record.id, created: true, recordCreated };
}

function recordFor(
  { repos, newId, now }: ServiceDeps,
  actor: Actor,
  projectId: string,
  { recordId, inputs, tags }: SentTrace,
  path: string,
): { record: OptimizationRecord; recordCreated: boolean } {
  if (recordId !== undefined) {
    const record = repos.records.byId(recordId);
    if (record?.projectId === projectId) return { record, recordCreated: false };
    throw refused([{ path: `${path}.recordId`, message: `There is no record ${recordId} in this project.` }]);
  }
  if (inputs === undefined || questionOf(inputs) === "")
    throw refused([
      { path: `${path}.inputs`, message: "Nobody asks anything: there is no user turn with words in it." },
    ]);
  const there = repos.records.byInputsHashes(projectId, [inputsHash(inputs)]).map(({ record }) => record);
  const known = there.find(({ archived }) => !archived);
  if (known) return { record: known, recordCreated: false };
  const by = { actorId: actorId(actor), at: now() };
  const fresh = { id: newId("rec"), projectId, inputs, expectations: NO_EXPECTATIONS, tags, critical: false };
  return { record: repos.records.insert({ ...fresh, source: "api", ...by }), recordCreated: true };
}

function promptVersionOf(
  { repos }: ServiceDeps,
  projectId: string,
  { promptVersionId }: SentTrace,
  path: string,
): string | null {
  if (promptVersionId === undefined) return null;
  const version = repos.prompts.versionById(promptVersionId);
  if (version && repos.prompts.byId(version.promptId)?.projectId === projectId) return promptVersionId;
  throw refused([
    { path: `${path}.promptVersionId`, message: "There is no such version of a prompt in this project." },
  ]);
}

/** Where a project keeps no personal data, none comes in from outside either. */
function refusePersonalData({ repos }: ServiceDeps, projectId: string, traces: readonly SentTrace[]): void {
  if (!repos.projects.byId(projectId)?.settings.blockPersonalData) return;
  const problems = traces.flatMap(({ inputs, output }, index) => {
    const messages = [...(inputs?.messages ?? []), { role: "assistant" as const, content: output }];
    const found = findPersonalData({ v: 1, messages, fields: inputs?.fields ?? {} }, NO_EXPECTATIONS);
    return found.map((hint) => ({
      path: `traces.${index}`,
      message: `"${hint.found}" looks like personal data.`,
    }));
  });
  if (problems.length > 0) throw refused(problems, "This project keeps no personal data. ");
}

function refused(errors: FieldProblem[], before = ""): AppError {
  const more = errors.length > 1 ? ` And ${errors.length - 1} more.` : "";
  return new AppError(
    "invalid-input",
    `${before}${errors[0]?.path}: ${errors[0]?.message}${more} Nothing was kept.`,
    { errors },
  );
}
