import "server-only";
import type { ErasePlan } from "@/db/erasure/plan-erasure";
import type { Job } from "@/db/repos/jobs.repo";
import type { EraseInput, ErasePreview, EraseTarget, Erasure } from "@/lib/contracts/erasure";
import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import { sha256Hex, stableStringify } from "@/lib/util/hash";
import { audit } from "../audit";
import { actorId, authorize } from "../authorize";
import type { ServiceDeps } from "../service-deps";
import { compactFile, secondsToCompact } from "../storage/compact";
import { jobName } from "./job-names";

/**
 * *Erase text*: a person's words, or all that is told of one record, give way to a marker wherever they stand. Hashes,
 * numbers, dates and the acts themselves stay. A preview comes first; nothing is erased that was not shown in it.
 */
export function createErasureService(deps: ServiceDeps) {
  const { repos } = deps;
  return {
    preview(actor: Actor, projectId: string, target: EraseTarget): ErasePreview {
      authorize(actor, "project:manage", projectId);
      return previewOf(deps, projectId, target, repos.erasures.plan(projectId, target));
    },

    /** Newest first. */
    list(actor: Actor, projectId: string): Erasure[] {
      authorize(actor, "project:manage", projectId);
      return repos.erasures.list(projectId);
    },

    /**
     * Erases what the preview showed, then writes the file anew. Throws `conflict` when something has changed since
     * the preview, or while work is under way that holds the text; nothing was erased then.
     */
    async erase(actor: Actor, projectId: string, { target, token }: EraseInput): Promise<Erasure> {
      authorize(actor, "project:manage", projectId);
      // A paused job keeps texts in memory: from here on it starts again from what is stored.
      await Promise.all(repos.jobs.list(projectId, ["paused"]).map(({ id }) => deps.jobs.release(id)));
      const id = deps.newId("era");
      repos.transaction(() => {
        assertNoneAtWork(deps, projectId);
        const plan = repos.erasures.plan(projectId, target);
        assertAsShown(plan, token);
        const act = { id, projectId, target, actorId: actorId(actor), at: deps.now() };
        repos.erasures.carryOut(act, plan, repos.erasures.touchedJobs(projectId, plan));
        audit(deps, actor, {
          projectId,
          action: "text-erased",
          subjectType: target.kind === "record" ? "record" : "project",
          subjectId: target.kind === "record" ? target.recordId : projectId,
          details: { erasure: id, kind: target.kind, erased: plan.counts },
        });
      });
      compactFile(deps);
      return found(repos.erasures.list(projectId).find((one) => one.id === id));
    },
  };
}

function previewOf(deps: ServiceDeps, projectId: string, target: EraseTarget, plan: ErasePlan): ErasePreview {
  const { repos } = deps;
  const { bytes, freeBytes } = repos.storage.sizes();
  return {
    subject: subjectOf(deps, projectId, target),
    erased: plan.counts,
    elsewhere: plan.elsewhere,
    prompts: repos.erasures.promptVersions(plan).map((id) => promptOf(deps, id)),
    endingJobs: repos.erasures
      .touchedJobs(projectId, plan)
      .map(({ kind, subjectId }) => ({ kind, name: jobName(repos, kind, subjectId) })),
    blockingJobs: atWork(deps, projectId).map(({ kind, subjectId }) => ({
      kind,
      name: jobName(repos, kind, subjectId),
    })),
    sentTo: repos.erasures.sentTo(plan).flatMap(({ connectionId, calls }) => {
      const host = hostOf(deps, connectionId);
      return host === null ? [] : [{ host, calls }];
    }),
    file: { bytes, freeBytes, seconds: secondsToCompact(bytes) },
    token: tokenOf(plan),
  };
}

function subjectOf({ repos }: ServiceDeps, projectId: string, target: EraseTarget): string {
  if (target.kind === "words") return target.words;
  const record = repos.records.byId(target.recordId);
  if (record?.projectId !== projectId)
    throw new AppError("not-found", "There is no such record in this project. Nothing was erased.");
  return record.inputs.messages.findLast(({ role }) => role === "user")?.content ?? "";
}

function promptOf({ repos }: ServiceDeps, versionId: string): ErasePreview["prompts"][number] {
  const version = found(repos.prompts.versionById(versionId));
  const prompt = found(repos.prompts.byId(version.promptId));
  const aliases = repos.aliases
    .list(prompt.id)
    .filter((alias) => alias.versionId === versionId)
    .map(({ alias }) => alias);
  return { name: prompt.name, version: version.version, aliases };
}

/** Where the words went; null for the simulated models, which are this program. */
function hostOf({ repos }: ServiceDeps, connectionId: string): string | null {
  const connection = repos.connections.byId(connectionId);
  if (connection)
    return connection.kind === "real" && URL.canParse(connection.baseUrl)
      ? new URL(connection.baseUrl).host
      : null;
  const config = repos.targets.versionById(connectionId)?.config;
  return config?.kind === "http" && URL.canParse(config.url) ? new URL(config.url).host : null;
}

/** Work that holds texts in memory and would write them again. */
function atWork({ repos }: ServiceDeps, projectId: string): Job[] {
  return repos.jobs.list(projectId, ["queued", "running"]).filter(({ kind }) => kind !== "webhook");
}

function assertNoneAtWork(deps: ServiceDeps, projectId: string): void {
  const busy = atWork(deps, projectId);
  if (busy.length === 0) return;
  const names = busy.map(({ kind, subjectId }) => jobName(deps.repos, kind, subjectId)).join(", ");
  throw new AppError(
    "conflict",
    `${names} ${busy.length === 1 ? "is" : "are"} at work and would write the text again. Nothing was erased. Pause or stop it first.`,
  );
}

function assertAsShown(plan: ErasePlan, token: string): void {
  if (plan.changes.length === 0)
    throw new AppError("not-found", "There is nothing to erase: the text stands nowhere in this project.");
  if (tokenOf(plan) === token) return;
  throw new AppError(
    "conflict",
    "Something was written since you looked, so more or other text would go now. Nothing was erased. Look again, then confirm.",
  );
}

/** What would change and into what, so that a confirmation means what was shown. */
function tokenOf({ changes }: ErasePlan): string {
  return sha256Hex(
    stableStringify(changes.map(({ table, rowid, column, value }) => [table, rowid, column, value])),
  );
}

function found<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error("a row that this act names does not exist");
  return value;
}
