import { type ReachView, reachSchema } from "@/lib/contracts/server";
import { apiFetch } from "./api-fetch";

/** Takes effect at the next start. Null = this computer only. */
export function saveReach(url: string | null): Promise<ReachView> {
  return apiFetch("/api/v1/server/reach", { method: "PUT", body: { url }, schema: reachSchema });
}
