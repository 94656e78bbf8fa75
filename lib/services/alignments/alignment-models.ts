import "server-only";
import { z } from "zod";
import type { Alignment } from "@/db/repos/alignments.repo";
import { isErased } from "@/lib/contracts/erasure";
import { AppError } from "@/lib/contracts/errors";
import type { AlignDeps, EmbeddingModel, JudgeModel, JudgeModelReply, JudgeModelRequest } from "@/lib/judge";
import { LlmError, type ModelRole } from "@/lib/llm";
import type { ModelRef } from "@/lib/rollouts/model-caller";
import { sha256Hex, stableStringify } from "@/lib/util/hash";
import type { JobContext } from "../jobs/job-types";
import { createPausingModels } from "../jobs/pausing-caller";
import { embeddingsOfJob, hasEmbeddings } from "../judges/embeddings";
import type { JobModels } from "../models/model-gateway";
import type { ServiceDeps } from "../service-deps";

/** Calls at once (alignment.md, Speed). */
const CONCURRENCY = 16;

/**
 * The models of a teaching, as the judge core asks them: verdicts by the judge's model, guidelines by the one that
 * reflects. Trouble of a connection parks the job; a call that failed otherwise is told to the core as failed.
 */
export async function alignmentModels(
  deps: ServiceDeps,
  alignment: Alignment,
  context: JobContext,
): Promise<AlignDeps> {
  const own = deps.models.forJob(context.job.id);
  const patient = createPausingModels(own, context);
  return {
    model: judgeModel(deps, alignment, context.job.id, patient),
    embeddings: await embeddingsOf(alignment, own, patient, context.signal),
    concurrency: CONCURRENCY,
  };
}

function judgeModel(deps: ServiceDeps, alignment: Alignment, jobId: string, models: JobModels): JudgeModel {
  const earlier = earlierJobs(deps, alignment, jobId);
  const buy = async (
    request: JudgeModelRequest,
    callKey: string,
    signal: AbortSignal,
  ): Promise<JudgeModelReply> => {
    const role: ModelRole = request.purpose === "judge" ? "judge" : "reflection";
    const kept = keptText(deps, earlier, callKey);
    if (kept !== null) return { status: "answered", text: kept };
    try {
      const { messages, schema, sample = 0 } = request;
      const asked = { callKey, role, messages, sample, schema };
      const reply = await models.call(pinned(alignment, role), asked, signal);
      return { status: "answered", text: reply.text };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof LlmError)) throw error;
      return { status: "failed", cause: error.message };
    }
  };
  // Two labels of one answer ask for the same verdict at the same moment; it is bought once.
  const inFlight = new Map<string, Promise<JudgeModelReply>>();
  return {
    ask: (request, signal) => {
      const callKey = contentKey(request);
      const asked =
        inFlight.get(callKey) ?? buy(request, callKey, signal).finally(() => inFlight.delete(callKey));
      inFlight.set(callKey, asked);
      return asked;
    },
  };
}

/**
 * The key says what is asked, word by word: after a crash a call that failed the first time may now succeed, and what
 * follows from it is then another request, not a conflict with the stored one.
 */
function contentKey({ callKey, messages }: JudgeModelRequest): string {
  return `${callKey}:${sha256Hex(stableStringify(messages.map(({ role, content }) => ({ role, content })))).slice(0, 16)}`;
}

/** Jobs of the same teaching that came before: their replies are paid for. Models are pinned, so they are the same. */
function earlierJobs({ repos }: ServiceDeps, alignment: Alignment, jobId: string): string[] {
  return jobsOfAlignment({ repos }, alignment).filter((id) => id !== jobId);
}

/** All jobs of a teaching, first and retried ones. */
export function jobsOfAlignment(
  { repos }: Pick<ServiceDeps, "repos">,
  { projectId, id }: Alignment,
): string[] {
  return repos.jobs
    .list(projectId)
    .filter(({ kind, subjectId }) => kind === "alignment" && subjectId === id)
    .map((job) => job.id);
}

const keptSchema = z.object({ text: z.string() });

function keptText({ repos }: ServiceDeps, jobIds: readonly string[], callKey: string): string | null {
  for (const jobId of jobIds) {
    const call = repos.paidCalls.find(jobId, callKey);
    const text = call && keptSchema.parse(call.reply).text;
    // What was erased is asked anew, without the words.
    if (text && !isErased(text)) return text;
  }
  return null;
}

/** Null where no embedding model is set, or its connection gives no vectors: answers are then found by their words. */
async function embeddingsOf(
  alignment: Alignment,
  own: JobModels,
  patient: JobModels,
  signal: AbortSignal,
): Promise<EmbeddingModel | null> {
  const ref = alignment.models.embedding;
  if (!ref || !(await hasEmbeddings(ref, own, signal))) return null;
  return embeddingsOfJob(ref, patient);
}

function pinned(alignment: Alignment, role: "judge" | "reflection"): ModelRef {
  const ref = alignment.models[role];
  if (!ref)
    throw new AppError(
      "no-connection",
      `No model is set for the role "${role}". Choose one under Settings, Models and connections.`,
    );
  return ref;
}
