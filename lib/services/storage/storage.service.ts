import "server-only";
import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import type { StorageView } from "@/lib/contracts/storage";
import { sum } from "@/lib/util/math";
import { lastBackupAt } from "../admin/backup-note";
import { audit } from "../audit";
import { authorizeServerAdmin } from "../authorize";
import type { Purge } from "../projects/purge";
import type { ServiceDeps } from "../service-deps";
import { compactFile, secondsToCompact } from "./compact";

const WEEK_MS = 7 * 86_400_000;

/** How large everything is, what grows, and writing the file anew. */
export function createStorageService(deps: ServiceDeps, purge: Pick<Purge, "progress">) {
  return {
    get(actor: Actor): StorageView {
      authorizeServerAdmin(actor);
      return viewOf(deps, purge);
    },

    /** Gives empty pages back to the disk. Nothing else is done meanwhile. */
    compact(actor: Actor): StorageView {
      authorizeServerAdmin(actor);
      audit(deps, actor, {
        projectId: null,
        action: "file-compacted",
        subjectType: "server",
        subjectId: "server",
      });
      if (!compactFile(deps))
        throw new AppError(
          "storage-full",
          "The file could not be written anew: it needs about as much free room on the disk as it is large. Nothing was lost. Make room, then try again.",
        );
      return viewOf(deps, purge);
    },
  };
}

function viewOf({ repos, env, now }: ServiceDeps, purge: Pick<Purge, "progress">): StorageView {
  const file = repos.storage.sizes();
  const tables = repos.storage.tables(now() - WEEK_MS);
  const growth = sum(
    tables.map(({ bytes, rows, rowsThisWeek }) => (rows === 0 ? 0 : (bytes / rows) * rowsThisWeek)),
  );
  return {
    file,
    tables,
    growthBytesAWeek: growth === 0 ? null : growth,
    lastBackupAt: lastBackupAt(env),
    unfinishedErasures: repos.erasures.countUnfinished(),
    removing: purge.progress(),
    secondsToCompact: secondsToCompact(file.bytes),
  };
}
