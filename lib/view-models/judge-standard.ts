import type { StandardChangeView, StandardPreview } from "@/lib/contracts/standards";

/** The first moment after a day as a field of the browser gives it (2026-11-26), in the reader's own time. */
export function endOfDay(day: string): number {
  const [year = 1970, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + 1).getTime();
}

/** What would be set aside and forgotten, in a sentence or two. */
export function setAsideWords({ labels, left, removed, affected, remembered }: StandardPreview): string {
  if (labels === 0) return "No label falls under this.";
  const forgets = [
    removed.length > 0 && `${removed.length} ${removed.length === 1 ? "guideline" : "guidelines"}`,
    remembered > 0 && `${remembered} remembered ${remembered === 1 ? "answer" : "answers"}`,
  ].filter(Boolean);
  const set = `${labels} of ${labels + left} labels ${labels === 1 ? "is" : "are"} set aside.`;
  const forgot = forgets.length === 0 ? "" : ` The judge forgets ${forgets.join(" and ")}.`;
  const anew =
    affected.length === 0
      ? ""
      : ` ${affected.length} ${affected.length === 1 ? "guideline is" : "guidelines are"} worded anew when it is next taught.`;
  return `${set}${forgot}${anew}`;
}

/** One change, as the history tells it. */
export function changeWords({ tag, labels, retired }: StandardChangeView): string {
  const set = `${labels} ${labels === 1 ? "label" : "labels"}${tag === null ? "" : ` of "${tag}"`} set aside`;
  const gone =
    retired.length === 0
      ? ""
      : `, ${retired.length} ${retired.length === 1 ? "guideline" : "guidelines"} retired`;
  return `${set}${gone}.`;
}
