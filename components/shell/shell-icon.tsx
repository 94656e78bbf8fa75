import {
  Compass,
  FileDiff,
  House,
  ListChecks,
  type LucideIcon,
  MessageSquareText,
  PenLine,
  Scale,
  ScrollText,
  SlidersHorizontal,
  TrendingUp,
} from "lucide-react";
import type { ShellKey } from "./shell-nav";

const ICONS: Record<ShellKey, LucideIcon> = {
  home: House,
  overview: Compass,
  records: ListChecks,
  answers: MessageSquareText,
  judge: Scale,
  runs: TrendingUp,
  reviews: FileDiff,
  prompts: ScrollText,
  settings: SlidersHorizontal,
  label: PenLine,
};

/** Icon of a place; the words beside it name it. */
export function ShellIcon({ of, className = "size-4" }: { of: ShellKey; className?: string }) {
  const Icon = ICONS[of];
  return <Icon aria-hidden="true" strokeWidth={1.75} className={`${className} shrink-0`} />;
}
