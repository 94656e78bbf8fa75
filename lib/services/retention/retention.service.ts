import "server-only";
import type { RetentionLimits } from "@/db/repos/retention.repo";
import type { Actor } from "@/lib/contracts/permissions";
import { type Retention, type RetentionPreview, retentionSchema } from "@/lib/contracts/retention";
import { audit } from "../audit";
import { authorize } from "../authorize";
import type { ServiceDeps } from "../service-deps";

const DAY_MS = 86_400_000;
const TICK_MS = 3_600_000;
/** Calls at a time, so that requests get their turn between. */
const BATCH = 200;
const KEEPER = { kind: "system", name: "retention" } as const;

type Deps = Pick<ServiceDeps, "repos" | "now" | "newId" | "log">;

/** What a project's settings let go of once it is old; looked at every hour. Off unless somebody sets it. */
export function createRetentionService(deps: Deps) {
  const { repos, log } = deps;
  let timer: NodeJS.Timeout | undefined;
  const applyAll = async (): Promise<void> => {
    for (const { id, settings } of repos.projects.list())
      if (settings.retention) await apply(deps, id, settings.retention);
  };
  return {
    /** What would go now with these settings. */
    preview(actor: Actor, projectId: string, retention: Partial<Retention>): RetentionPreview {
      authorize(actor, "project:manage", projectId);
      return repos.retention.count(projectId, limitsOf(deps.now(), retentionSchema.parse(retention)));
    },

    /** One round over all projects. */
    applyAll,

    start: (): void => {
      timer ??= setInterval(() => {
        applyAll().catch((error: unknown) => log.error({ err: error }, "retention could not be applied"));
      }, TICK_MS).unref();
    },
    stop: (): void => clearInterval(timer),
  };
}

async function apply(deps: Deps, projectId: string, retention: Retention): Promise<void> {
  const { repos, now } = deps;
  const { callsBefore, messagesBefore } = limitsOf(now(), retention);
  let calls = 0;
  if (callsBefore !== null) {
    for (let found = BATCH; found === BATCH; ) {
      found = repos.retention.thinCalls(projectId, callsBefore, BATCH);
      calls += found;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  const messages = messagesBefore === null ? 0 : repos.retention.deleteMessages(projectId, messagesBefore);
  if (calls + messages === 0) return;
  audit(deps, KEEPER, {
    projectId,
    action: "retention-applied",
    subjectType: "project",
    subjectId: projectId,
    details: { calls, messages },
  });
}

function limitsOf(now: number, { callsDays, messagesDays }: Retention): RetentionLimits {
  const before = (days: number | null): number | null => (days === null ? null : now - days * DAY_MS);
  return { callsBefore: before(callsDays), messagesBefore: before(messagesDays) };
}
