import "server-only";
import type { SpendRow } from "@/db/repos/spend.repo";
import type { Actor } from "@/lib/contracts/permissions";
import { SPEND_STOP, type SpendMonth } from "@/lib/contracts/spend";
import { sum } from "@/lib/util/math";
import { authorize } from "../authorize";
import { jobName } from "../erasure/job-names";
import type { ServiceDeps } from "../service-deps";

/** What a project's model calls cost, a month at a time; `month-purse.ts` keeps the cap. */
export function createSpendService({ repos, now }: Pick<ServiceDeps, "repos" | "now">) {
  return {
    /** @param month `2026-11`; left out = this one */
    month(actor: Actor, projectId: string, month?: string): SpendMonth {
      authorize(actor, "project:read", projectId);
      const current = new Date(now()).toISOString().slice(0, 7);
      const name = month ?? current;
      const [from, until] = boundsOf(name);
      const rows = repos.spend.rows(projectId, from, until);
      return {
        month: name,
        months: [...new Set([current, name, ...repos.spend.months(projectId)])].sort().reverse(),
        total: lineOf(rows),
        capUsd: repos.projects.byId(projectId)?.settings.monthlyCapUsd ?? null,
        byPurpose: grouped(rows, ({ kind, role }) => ({ kind, role })),
        byModel: grouped(rows, ({ connectionId, model, simulated }) => ({
          connection: repos.connections.byId(connectionId)?.name ?? "your agent",
          model,
          simulated: Boolean(simulated),
        })),
        byDay: repos.spend.byDay(projectId, from, until),
        parked: repos.jobs
          .list(projectId, ["paused"])
          .filter(({ cause }) => cause?.startsWith(SPEND_STOP))
          .map(({ kind, subjectId }) => ({ kind, name: jobName(repos, kind, subjectId) })),
      };
    },
  };
}

/** Takes up again what the cap has parked; after it was raised or taken away. */
export function resumeAfterCap(
  { repos, jobs }: Pick<ServiceDeps, "repos" | "jobs">,
  projectId: string,
): void {
  for (const { id, cause } of repos.jobs.list(projectId, ["paused"]))
    if (cause?.startsWith(SPEND_STOP)) jobs.resume(id);
}

function boundsOf(month: string): [from: number, until: number] {
  const [year = 1970, number = 1] = month.split("-").map(Number);
  return [Date.UTC(year, number - 1, 1), Date.UTC(year, number, 1)];
}

function grouped<Key extends object>(rows: readonly SpendRow[], keyOf: (row: SpendRow) => Key) {
  const groups = new Map<string, { key: Key; rows: SpendRow[] }>();
  for (const row of rows) {
    const key = keyOf(row);
    const name = JSON.stringify(key);
    const group = groups.get(name) ?? { key, rows: [] };
    group.rows.push(row);
    groups.set(name, group);
  }
  return [...groups.values()]
    .map(({ key, rows: own }) => ({ ...key, ...lineOf(own) }))
    .sort((a, b) => b.usd - a.usd || b.calls - a.calls);
}

function lineOf(rows: readonly SpendRow[]): SpendMonth["total"] {
  return {
    calls: sum(rows.map(({ calls }) => calls)),
    usd: sum(rows.map(({ usd }) => usd)),
    assumedUsd: sum(rows.map(({ assumedUsd }) => assumedUsd)),
    unpriced: sum(rows.map(({ unpriced }) => unpriced)),
    inputTokens: sum(rows.map(({ inputTokens }) => inputTokens)),
    outputTokens: sum(rows.map(({ outputTokens }) => outputTokens)),
  };
}
