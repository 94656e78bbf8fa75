import type { Role } from "@/lib/contracts/permissions";

/** Places of a project, in the order of the loop. `label` stands only in the bar of phones. */
export type ShellKey =
  | "home"
  | "overview"
  | "records"
  | "answers"
  | "judge"
  | "runs"
  | "reviews"
  | "prompts"
  | "settings"
  | "label";

export interface ShellItem {
  key: ShellKey;
  href: string;
  label: string;
  /** State in words, such as "3 to label". */
  state?: string;
}

export interface ShellNav {
  /** Absent on Home and other pages outside a project. */
  project?: { id: string; name: string; simulated: boolean };
  role: Role;
  items: readonly ShellItem[];
  user: { name: string; isServerAdmin: boolean };
}

const EXPERT_KEYS: readonly ShellKey[] = ["home", "overview", "records", "answers", "judge"];
const PHONE_KEYS: readonly ShellKey[] = ["overview", "records", "label"];

/** What the rail shows at once and what waits under "More". Experts see their part first. */
export function splitRail(nav: ShellNav): { shown: ShellItem[]; more: ShellItem[] } {
  const items = nav.items.filter((item) => item.key !== "label");
  const isExpert = nav.role === "expert" || nav.role === "lead";
  if (!nav.project || !isExpert) return { shown: items, more: [] };
  return {
    shown: items.filter((item) => EXPERT_KEYS.includes(item.key)),
    more: items.filter((item) => !EXPERT_KEYS.includes(item.key)),
  };
}

/** The bar of phones: Overview, Records, Label and the rest under "More". */
export function splitBar(nav: ShellNav): { shown: ShellItem[]; more: ShellItem[] } {
  if (!nav.project) return { shown: nav.items.slice(0, 3), more: nav.items.slice(3) };
  const answers = nav.items.find((item) => item.key === "answers");
  const items: readonly ShellItem[] =
    nav.items.some((item) => item.key === "label") || !answers
      ? nav.items
      : [...nav.items, { ...answers, key: "label", label: "Label" }];
  return {
    shown: PHONE_KEYS.flatMap((key) => items.filter((item) => item.key === key)),
    more: items.filter((item) => !PHONE_KEYS.includes(item.key)),
  };
}

/** The item that the address belongs to: the one with the longest matching path. */
export function currentKey(items: readonly ShellItem[], pathname: string): ShellKey | null {
  let best: ShellItem | null = null;
  for (const item of items) {
    const path = item.href.split(/[?#]/, 1)[0] ?? item.href;
    const isInside = pathname === path || (path !== "/" && pathname.startsWith(`${path}/`));
    if (isInside && path.length > (best?.href.length ?? -1)) best = item;
  }
  return best?.key ?? null;
}

/** Second key after `g`. Runs and Reviews share a first letter with Records. */
export const GO_KEYS: Record<ShellKey, string> = {
  home: "h",
  overview: "o",
  records: "r",
  answers: "a",
  judge: "j",
  runs: "u",
  reviews: "v",
  prompts: "p",
  settings: "s",
  label: "l",
};
