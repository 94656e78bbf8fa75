import { getContainer } from "@/lib/services/container";

/** Ready: this process holds the lock, its database is open and migrated, and a query is answered. */
export function GET(): Response {
  const headers = { "cache-control": "no-store" };
  try {
    getContainer().deps.repos.users.count();
    return Response.json({ status: "ready" }, { headers });
  } catch {
    // whoever starts the process sees the cause in its log; a probe needs only the fact
    return Response.json({ status: "not-ready" }, { status: 503, headers });
  }
}

export const dynamic = "force-dynamic";
