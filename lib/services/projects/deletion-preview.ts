import "server-only";
import type { DeletionPreview } from "@/lib/contracts/project-deletion";
import { jobName } from "../erasure/job-names";
import type { ServiceDeps } from "../service-deps";

/** What would be deleted with a project, what would stop, and which agents live by it. */
export function previewDeletion({ repos, now }: ServiceDeps, projectId: string): DeletionPreview {
  const isLive = ({
    revokedAt,
    expiresAt,
  }: {
    revokedAt: number | null;
    expiresAt: number | null;
  }): boolean => revokedAt === null && (expiresAt === null || expiresAt > now());
  return {
    counts: {
      ...repos.purge.counts(projectId),
      keys: repos.apiKeys.list(projectId).filter(isLive).length,
    },
    endingJobs: repos.jobs
      .list(projectId, ["queued", "running", "paused"])
      .map(({ kind, subjectId }) => ({ kind, name: jobName(repos, kind, subjectId) })),
    fetches: repos.prompts
      .list(projectId)
      .flatMap(({ id, name }) =>
        repos.prompts
          .fetches(id)
          .map(({ alias, reader, lastAt }) => ({ prompt: name, alias, reader, lastAt })),
      )
      .toSorted((a, b) => b.lastAt - a.lastAt),
  };
}
