import "server-only";

/** Upper ends of the buckets, in seconds. */
export const BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 10] as const;

/** Distinct routes that are told apart; the rest is counted together, so that odd addresses cannot fill the memory. */
const MOST_ROUTES = 400;

export interface AnsweredRequest {
  method: string;
  url: string;
  status: number;
  durationMs: number;
}

/** How often a route answered, by kind of status, and how long that took. */
export interface RouteTimes {
  method: string;
  /** The path with ids and names replaced. */
  route: string;
  /** "2xx" and so on. */
  status: string;
  count: number;
  sumS: number;
  /** Answers up to each of `BUCKETS_S`, added up. */
  upTo: readonly number[];
}

export interface RequestTimes {
  note(request: AnsweredRequest): void;
  list(): RouteTimes[];
}

export function createRequestTimes(): RequestTimes {
  const routes = new Map<string, { row: Omit<RouteTimes, "upTo">; counts: number[] }>();
  return {
    note: ({ method, url, status, durationMs }) => {
      const labels = { method, route: routeOf(url), status: `${Math.floor(status / 100)}xx` };
      const key = `${labels.method} ${labels.route} ${labels.status}`;
      const isNew = !routes.has(key);
      const known = isNew && routes.size >= MOST_ROUTES ? { ...labels, route: "other" } : labels;
      const name = `${known.method} ${known.route} ${known.status}`;
      const entry = routes.get(name) ?? {
        row: { ...known, count: 0, sumS: 0 },
        counts: BUCKETS_S.map(() => 0),
      };
      routes.set(name, entry);
      entry.row.count += 1;
      entry.row.sumS += durationMs / 1_000;
      const bucket = BUCKETS_S.findIndex((end) => durationMs / 1_000 <= end);
      if (bucket >= 0) entry.counts[bucket] = (entry.counts[bucket] ?? 0) + 1;
    },
    list: () =>
      [...routes.values()].map(({ row, counts }) => {
        let sum = 0;
        return { ...row, upTo: counts.map((count) => (sum += count)) };
      }),
  };
}

/**
 * The route of an address, without anything of a project: ids and names are replaced, what the browser loads and what
 * pages there are is counted together.
 */
export function routeOf(url: string): string {
  const path = url.split("?", 1)[0] ?? "/";
  if (path.startsWith("/_next/")) return "/_next";
  if (!path.startsWith("/api/")) return ["/healthz", "/readyz", "/metrics"].includes(path) ? path : "pages";
  if (!path.startsWith("/api/v1/")) return path.split("/").slice(0, 3).join("/");
  const parts = path.split("/");
  return parts.map((part, index) => (isName(part, parts[index - 1]) ? ":id" : part)).join("/");
}

/** An id (`rec_…`), the number of a version, or what follows a collection whose members have names of their own. */
function isName(part: string, before: string | undefined): boolean {
  return /^[a-z]{2,5}_[0-9a-z]+$/i.test(part) || /^\d+$/.test(part) || before === "prompts";
}
