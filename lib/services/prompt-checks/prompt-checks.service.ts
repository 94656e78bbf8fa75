import "server-only";
import type { PromptCheck } from "@/db/repos/prompt-checks.repo";
import type { Prompt } from "@/db/repos/prompts.repo";
import { AppError } from "@/lib/contracts/errors";
import type { Actor, Permission } from "@/lib/contracts/permissions";
import type { PromptChecks, PromptCheckView } from "@/lib/contracts/prompt-checks";
import { audit } from "../audit";
import { actorId, authorize, can } from "../authorize";
import { planEvidence } from "../evidence/evidence-plan";
import { changesSince } from "../evidence/evidence-view";
import type { ServiceDeps } from "../service-deps";
import { foundOf } from "./found-of";
import { isOver, type Promoted, promotedOn } from "./promoted-on";

export const promptCheckActions = ["pause", "resume", "cancel"] as const;
export type PromptCheckAction = (typeof promptCheckActions)[number];

const NO_CAPS = { maxMetricCalls: null, maxUsd: null, maxMinutes: null };

/** Whether what is in production still answers as well as when it was promoted, on the records of its evidence. */
export function createPromptChecksService(deps: ServiceDeps) {
  const { repos, jobs, now, newId } = deps;
  return {
    /** What a check would ask, and what earlier ones found. Scores nothing. */
    get: (actor: Actor, ref: string): PromptChecks => pageOf(deps, find(deps, actor, "project:read", ref)),

    /** Asks again: freezes today's judges and models, and starts the job. Returns at once. */
    start: (actor: Actor, ref: string): PromptChecks => {
      const prompt = find(deps, actor, "reviews:write", ref);
      repos.transaction(() => {
        const promoted = promotedOn(repos, prompt.id);
        const refusal = refusalOf(deps, promoted);
        if (refusal) throw refusal;
        if (!promoted) return;
        const { look, review, event } = promoted;
        const { projectId } = prompt;
        const [id, jobId] = [newId("chk"), newId("job")];
        const who = { actorId: actorId(actor), at: now() };
        const total = 2 * repos.snapshots.listForEvidence(look.snapshotId ?? "").length;
        repos.jobs.enqueue({
          id: jobId,
          kind: "prompt-check",
          projectId,
          subjectId: id,
          caps: NO_CAPS,
          total,
          ...who,
        });
        const check = repos.promptChecks.insert({
          id,
          lookId: look.id,
          versionId: event.toVersionId,
          jobId,
          ...planEvidence(repos, review),
          ...who,
        });
        audit(deps, actor, {
          projectId,
          action: "production-checked",
          subjectType: "prompt",
          subjectId: prompt.id,
          details: { version: event.toVersion, check: check.number },
        });
      });
      jobs.wake();
      return pageOf(deps, prompt);
    },

    control: async (actor: Actor, ref: string, action: PromptCheckAction): Promise<PromptChecks> => {
      const prompt = find(deps, actor, "reviews:write", ref);
      const promoted = promotedOn(repos, prompt.id);
      const running = promoted && underWay(deps, promoted);
      if (!running) throw new AppError("conflict", "No check is under way. Load the page again.");
      if (action === "pause") jobs.pause(running.jobId, `Paused by ${actor.name}.`);
      else if (action === "resume") jobs.resume(running.jobId);
      else await jobs.cancel(running.jobId, `Cancelled by ${actor.name}.`);
      return pageOf(deps, prompt);
    },
  };
}

function find({ repos }: ServiceDeps, actor: Actor, permission: Permission, ref: string): Prompt {
  const prompt = repos.prompts.byName(ref) ?? repos.prompts.byId(ref);
  if (!prompt || !can(actor, "project:read", prompt.projectId))
    throw new AppError(
      "not-found",
      `There is no prompt named ${ref}, or it is in a project that is not yours.`,
    );
  authorize(actor, permission, prompt.projectId);
  return prompt;
}

function underWay({ repos }: ServiceDeps, { look }: Promoted): PromptCheck | null {
  const [latest] = repos.promptChecks.listByLook(look.id);
  const state = latest && repos.jobs.byId(latest.jobId)?.state;
  return latest && (state === "queued" || state === "running" || state === "paused") ? latest : null;
}

/** Why none can be started now; null when one can. */
function refusalOf(deps: ServiceDeps, promoted: Promoted | null): AppError | null {
  if (!promoted)
    return new AppError(
      "not-ready",
      "What is in production came without a comparison on sealed records, so there is nothing to check it against. A round of answers shows how it does today.",
    );
  if (underWay(deps, promoted))
    return new AppError("conflict", "A check is under way already. Wait for it, or cancel it first.");
  try {
    const { simulated } = planEvidence(deps.repos, promoted.review);
    return simulated === promoted.look.simulated
      ? null
      : new AppError(
          "evidence-mixed",
          `The evidence was ${promoted.look.simulated ? "simulated" : "from real models"}, and today's models are ${simulated ? "simulated" : "real"}: mixed evidence is never compared. A new review scores both sides by today's.`,
        );
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

function pageOf(deps: ServiceDeps, prompt: Prompt): PromptChecks {
  const { repos } = deps;
  const promoted = promotedOn(repos, prompt.id);
  const checks = promoted ? repos.promptChecks.listByLook(promoted.look.id) : [];
  const records = promoted ? repos.snapshots.listForEvidence(promoted.look.snapshotId ?? "").length : 0;
  const { task } = repos.projects.byId(prompt.projectId)?.models ?? {};
  const connection = repos.connections.byId(task?.connectionId ?? "");
  const isReal = connection?.kind === "real";
  return {
    promptName: prompt.name,
    version: repos.aliases.get(prompt.id, "production")?.version ?? null,
    promotedAt: promoted?.event.createdAt ?? null,
    reviewId: promoted?.review.id ?? null,
    changed: promoted ? changesSince(repos, promoted.review, promoted.look, deps.now()) : [],
    offer: {
      number: checks.length + 1,
      records,
      answers: records,
      host: isReal ? hostOf(connection.baseUrl) : "the simulated models inside this program",
      simulated: !isReal,
      blocked: refusalOf(deps, promoted)?.detail ?? null,
    },
    checks: promoted ? checks.map((check) => viewOf(deps, promoted, check)) : [],
  };
}

function viewOf(deps: ServiceDeps, { event, review, look }: Promoted, check: PromptCheck): PromptCheckView {
  const job = deps.repos.jobs.byId(check.jobId);
  const { id, number, simulated, createdAt, createdBy } = check;
  return {
    id,
    version: event.toVersion,
    number,
    state: job?.state ?? "failed",
    progress: { done: job?.done ?? 0, total: job?.total ?? 0 },
    cause: job?.cause ?? null,
    result: isOver(deps.repos, check) ? foundOf(deps, review, look, check) : null,
    simulated,
    createdAt,
    createdBy,
  };
}

function hostOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl;
}
