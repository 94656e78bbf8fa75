import "server-only";
import type { Actor } from "@/lib/contracts/permissions";
import type { Readiness } from "@/lib/contracts/records";
import { audit } from "../audit";
import { authorize } from "../authorize";
import type { ServiceDeps } from "../service-deps";
import { planSets } from "./plan-sets";
import { measureReadiness, plannedRecords } from "./readiness";

export type SetsService = ReturnType<typeof createSetsService>;

/** How many records a call has given a set. */
interface AssignedSets {
  practice: number;
  sealed: number;
}

/** Practice and sealed: who gets which, and what the sealed records can show (architecture.md, Sets). */
export function createSetsService(deps: ServiceDeps) {
  const { repos } = deps;
  const measured = new Map<string, { state: string; readiness: Readiness }>();

  return {
    /**
     * Gives every usable record without a set one, for life: call it before records are first used for answers.
     * Calling it again does nothing until new records are there.
     */
    assignSets(actor: Actor, projectId: string): AssignedSets {
      authorize(actor, "answers:create", projectId);
      return repos.transaction(() => {
        const live = repos.records.live(projectId);
        if (live.every((record) => record.set !== "unassigned")) return { practice: 0, sealed: 0 };
        const plan = planSets(projectId, plannedRecords(deps, projectId, live));
        if (plan.length === 0) return { practice: 0, sealed: 0 };
        repos.records.assignSets(plan);
        const sealed = plan.filter(({ set }) => set === "sealed").length;
        const given = { practice: plan.length - sealed, sealed };
        const subject = { projectId, subjectType: "project", subjectId: projectId };
        audit(deps, actor, { ...subject, action: "sets-given", details: { ...given } });
        return given;
      });
    },

    /** What is missing before a run. Measured anew only when records, prompts or judges have changed. */
    readiness(actor: Actor, projectId: string): Readiness {
      authorize(actor, "project:read", projectId);
      const state = stateOf(deps, projectId);
      const known = measured.get(projectId);
      if (known?.state === state) return known.readiness;
      const readiness = measureReadiness(deps, projectId);
      measured.set(projectId, { state, readiness });
      return readiness;
    },
  };
}

/** Changes whenever anything does that readiness depends on. */
function stateOf({ repos }: ServiceDeps, projectId: string): string {
  const query = { sort: "updated", limit: 1 } as const;
  const [live, archived] = [false, true].map(
    (isArchived) => repos.records.list(projectId, { ...query, archived: isArchived }).items[0],
  );
  const prompts = repos.prompts
    .list(projectId)
    .map((prompt) => [
      repos.aliases.get(prompt.id, "production")?.versionId,
      repos.prompts.latestVersion(prompt.id)?.id,
    ]);
  const judges = repos.judges.list(projectId).map(({ id }) => id);
  const newest = [live, archived].map((record) => record && [record.id, record.revision, record.updatedAt]);
  return JSON.stringify([repos.records.counts(projectId), newest, prompts, judges]);
}
