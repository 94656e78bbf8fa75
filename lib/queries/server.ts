import { queryOptions } from "@tanstack/react-query";
import { type ReachView, reachSchema, type WorkersView, workersSchema } from "@/lib/contracts/server";
import { type StorageView, storageSchema } from "@/lib/contracts/storage";
import { apiFetch } from "./api-fetch";

/** Takes effect at the next start. Null = this computer only. */
export function saveReach(url: string | null): Promise<ReachView> {
  return apiFetch("/api/v1/server/reach", { method: "PUT", body: { url }, schema: reachSchema });
}

const LOOK_MS = 2_000;

/** Who does rollouts; looked at again while the page is open. */
export function workersQuery(initialData: WorkersView) {
  return queryOptions({
    queryKey: ["server", "workers"],
    queryFn: ({ signal }) => apiFetch("/api/v1/server/workers", { schema: workersSchema, signal }),
    initialData,
    refetchInterval: LOOK_MS,
  });
}

/** Writes the database file anew; nobody is answered meanwhile. */
export function compactStorage(): Promise<StorageView> {
  return apiFetch("/api/v1/server/storage/compact", { method: "POST", schema: storageSchema });
}
