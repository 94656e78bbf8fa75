import "server-only";
import type { ServiceDeps } from "../service-deps";

/** A fetch of the same version is written at most this often: reading a prompt must not cost a write. */
const NOTE_EVERY_MS = 60_000;
/** Readers kept in mind; beyond, the oldest are forgotten and written once more. */
const MAX_REMEMBERED = 10_000;

interface Fetch {
  alias: string;
  reader: string;
  versionId: string;
}

/** Notes a fetch, unless the same one was noted a moment ago. */
export type NoteFetch = (promptId: string, fetch: Fetch) => void;

/** Notes who fetched what, so that the Prompts page can say which agents have the new version. */
export function createFetchNotes({ repos, now }: Pick<ServiceDeps, "repos" | "now">): NoteFetch {
  const noted = new Map<string, { versionId: string; at: number }>();
  return (promptId, { alias, reader, versionId }) => {
    const key = JSON.stringify([promptId, alias, reader]);
    const at = now();
    const last = noted.get(key);
    if (last?.versionId === versionId && at - last.at < NOTE_EVERY_MS) return;
    noted.delete(key);
    noted.set(key, { versionId, at });
    const [oldest] = noted.keys();
    if (noted.size > MAX_REMEMBERED && oldest !== undefined) noted.delete(oldest);
    repos.prompts.noteFetch(promptId, { alias, reader, versionId, at });
  };
}
