/** What `/metrics` says, as name with labels → value. */
export type Scrape = ReadonlyMap<string, number>;

export async function scrape(origin: string): Promise<Scrape> {
  const text = await (await fetch(`${origin}/metrics`)).text();
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(" ");
      return [line.slice(0, at), Number(line.slice(at + 1))] as const;
    }),
  );
}

const DURATION = "touchstone_http_request_duration_seconds";

/** How long a route's answers took at the server between two scrapes. */
export interface RouteTimes {
  route: string;
  count: number;
  p50Ms: number;
  p95Ms: number;
}

/** Every route that answered between two scrapes with success, most asked first. */
export function routeTimes(before: Scrape, after: Scrape): RouteTimes[] {
  const counts = [...after.keys()].filter((key) => key.startsWith(`${DURATION}_count{`));
  const made = counts
    .filter((key) => key.includes('status="2xx"'))
    .map((key) => {
      const labels = key.slice(key.indexOf("{") + 1, -1);
      const count = (after.get(key) ?? 0) - (before.get(key) ?? 0);
      const at = (share: number): number => quantileMs(before, after, labels, count * share);
      return { route: routeOf(labels), count, p50Ms: at(0.5), p95Ms: at(0.95) };
    });
  return made.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
}

/** Answers that were refused or failed between two scrapes, by route and kind of status. */
export function refusals(before: Scrape, after: Scrape): { route: string; count: number }[] {
  return [...after.keys()]
    .filter((key) => key.startsWith(`${DURATION}_count{`) && /status="[45]xx"/.test(key))
    .map((key) => ({
      route: `${routeOf(key.slice(key.indexOf("{") + 1, -1))} ${/status="([^"]*)"/.exec(key)?.[1]}`,
      count: (after.get(key) ?? 0) - (before.get(key) ?? 0),
    }))
    .filter(({ count }) => count > 0);
}

function routeOf(labels: string): string {
  return `${/method="([^"]*)"/.exec(labels)?.[1]} ${/route="([^"]*)"/.exec(labels)?.[1]}`;
}

/** The time that `wanted` answers stayed below: between the ends of a bucket as if they were spread evenly. */
function quantileMs(before: Scrape, after: Scrape, labels: string, wanted: number): number {
  const prefix = `${DURATION}_bucket{${labels},le="`;
  let [lowerS, lowerCount] = [0, 0];
  for (const key of after.keys()) {
    if (!key.startsWith(prefix)) continue;
    const upperS = Number(key.slice(prefix.length, -2).replace("+Inf", "Infinity"));
    const upperCount = (after.get(key) ?? 0) - (before.get(key) ?? 0);
    if (upperCount >= wanted && upperCount > lowerCount)
      return 1_000 * (lowerS + ((wanted - lowerCount) / (upperCount - lowerCount)) * (upperS - lowerS));
    [lowerS, lowerCount] = [upperS, upperCount];
  }
  return Number.NaN;
}
