import { type RecordSet, recordSets, recordSorts } from "@/lib/contracts/word-lists";

export type RecordSort = (typeof recordSorts)[number];

/** What the list of records shows; the address of the page holds it. Left out = no such filter. */
export interface RecordFilters {
  q?: string;
  tag?: string;
  set?: RecordSet;
  needsWork?: true;
  archived?: true;
  sort?: RecordSort;
  dir?: "asc" | "desc";
}

type Given = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Filters from the address; what it says amiss is left out. */
export function readRecordFilters(given: Given): RecordFilters {
  const text = (name: string): string => String([given[name]].flat()[0] ?? "").trim();
  const set = recordSets.find((one) => one === text("set"));
  const sort = recordSorts.find((one) => one === text("sort"));
  return {
    ...(text("q") === "" ? {} : { q: text("q").slice(0, 500) }),
    ...(text("tag") === "" ? {} : { tag: text("tag") }),
    ...(set === undefined ? {} : { set }),
    ...(text("needsWork") === "true" ? { needsWork: true as const } : {}),
    ...(text("archived") === "true" ? { archived: true as const } : {}),
    ...(sort === undefined || sort === "created" ? {} : { sort }),
    ...(text("dir") === "asc" || text("dir") === "desc" ? { dir: text("dir") as "asc" | "desc" } : {}),
  };
}

/** The address's part for filters, with its question mark; empty when nothing is filtered. */
export function writeRecordFilters(filters: RecordFilters): string {
  const pairs = Object.entries(filters).flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [[name, String(value)]],
  );
  return pairs.length === 0 ? "" : `?${new URLSearchParams(pairs)}`;
}

/** Whether anything but the order was chosen. */
export function isFiltered({ sort: _, dir: __, ...filters }: RecordFilters): boolean {
  return Object.values(filters).some((value) => value !== undefined);
}

/** Id of the record that an address under the list names; "new" for one that is being written; null = the list alone. */
export function recordIdIn(pathname: string): string | null {
  const match = /\/records\/([^/]+)\/?$/.exec(pathname);
  return match?.[1] === undefined ? null : decodeURIComponent(match[1]);
}

/** The way in which a list is sorted: times newest first, words from A, grades from the lowest, unless turned round. */
export function sortOf({ sort = "created", dir }: RecordFilters): { sort: RecordSort; dir: "asc" | "desc" } {
  return { sort, dir: dir ?? (sort === "created" || sort === "updated" ? "desc" : "asc") };
}

/** The filters after a press on a column's head: sorted by it, or, pressed again, the other way round. */
export function sortedBy(filters: RecordFilters, column: RecordSort): RecordFilters {
  const now = sortOf(filters);
  const { sort: _, dir: __, ...rest } = filters;
  const usual = sortOf({ sort: column }).dir;
  const dir = now.sort === column ? (now.dir === "asc" ? "desc" : "asc") : usual;
  return {
    ...rest,
    ...(column === "created" ? {} : { sort: column }),
    ...(dir === usual ? {} : { dir }),
  };
}
