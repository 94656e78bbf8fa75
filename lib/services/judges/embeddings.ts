import "server-only";
import type { EmbeddingModel } from "@/lib/judge";
import { LlmError } from "@/lib/llm";
import type { ModelRef } from "@/lib/rollouts/model-caller";
import type { RolloutJudge } from "@/lib/rollouts/types";
import { sha256Hex, stableStringify } from "@/lib/util/hash";
import type { JobModels } from "../models/model-gateway";
import type { ServiceDeps } from "../service-deps";

/** Vectors on account of a job: each reply is kept, and none is bought twice. */
export function embeddingsOfJob(ref: ModelRef, models: Pick<JobModels, "embed">): EmbeddingModel {
  return {
    name: ref.model,
    embed: (texts, signal) =>
      models.embed(ref, `embed:${sha256Hex(stableStringify([...texts]))}`, texts, signal),
  };
}

/**
 * Vectors for judges at work whose version remembers answers by embedding, on account of the judge's project. The same
 * object for the same model, so that the judge core keeps its index; null where the project has no embedding model any more.
 */
export function createEmbeddingsFor(
  deps: Pick<ServiceDeps, "repos" | "models">,
): (judge: RolloutJudge) => EmbeddingModel | null {
  const known = new Map<string, EmbeddingModel>();
  return ({ snapshot }) => {
    if (snapshot.retrieval.kind === "lexical") return null;
    const judge = deps.repos.judges.byId(snapshot.judgeId);
    const project = judge === null ? null : deps.repos.projects.byId(judge.projectId);
    const ref = project?.models.embedding ?? null;
    if (project === null || ref === null) return null;
    const key = stableStringify({ project: project.id, connectionId: ref.connectionId, model: ref.model });
    const model = known.get(key) ?? projectEmbeddings(deps, project.id, ref);
    known.set(key, model);
    return model;
  };
}

function projectEmbeddings(
  { models }: Pick<ServiceDeps, "models">,
  projectId: string,
  ref: ModelRef,
): EmbeddingModel {
  const account = models.forProject(projectId, "judge-memory");
  return { name: ref.model, embed: (texts, signal) => account.embed(ref, texts, signal) };
}

/** Kinds of refusal that mean: this connection has no embeddings. Anything else is trouble that passes. */
const NO_EMBEDDINGS: ReadonlySet<string> = new Set(["not-found", "bad-request", "bad-reply"]);

/** Whether the connection gives vectors at all; asked once a job, with one word. Rejects on abort only. */
export async function hasEmbeddings(ref: ModelRef, models: JobModels, signal: AbortSignal): Promise<boolean> {
  try {
    await models.embed(ref, "embed:probe", ["probe"], signal);
    return true;
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof LlmError)) throw error;
    return !NO_EMBEDDINGS.has(error.kind);
  }
}
