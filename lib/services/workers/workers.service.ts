import "server-only";
import type { Actor } from "@/lib/contracts/permissions";
import type { WorkersView } from "@/lib/contracts/server";
import { authorizeServerAdmin } from "../authorize";
import type { ServiceDeps } from "../service-deps";

/** Who does rollouts, for the operator's page. */
export function createWorkersService({ queue, models }: Pick<ServiceDeps, "queue" | "models">) {
  return {
    get(actor: Actor): WorkersView {
      authorizeServerAdmin(actor);
      const { running, waiting, limit } = models.poolStats();
      const calls = { running, waiting, limit };
      if (queue === null) return { queue: null, workers: [], calls };
      const { workers, ...facts } = queue.stats();
      return {
        queue: facts,
        calls,
        workers: workers.map(({ isLive, refused, beat: _, ...worker }) => ({
          ...worker,
          state: refused !== null ? "refused" : isLive ? "working" : "silent",
          refusal: refused,
        })),
      };
    },
  };
}
