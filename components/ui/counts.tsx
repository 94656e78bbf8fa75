import { cx } from "./cx";
import { Mark, type MarkKind } from "./mark";

export interface CountItem {
  count: number;
  /** Words after the number: "better". */
  label: string;
  mark?: MarkKind;
}

/** Counts in a row of text: ▲ 11 better · ▼ 2 worse · = 5 the same. */
export function Counts({ items, className }: { items: readonly CountItem[]; className?: string }) {
  return (
    <ul className={cx("flex flex-wrap gap-x-4 gap-y-1 tabular-nums", className)}>
      {items.map((item) => (
        <li key={item.label} className="flex items-baseline gap-1.5">
          {item.mark && <Mark kind={item.mark} isDecoration />}
          <span>
            <span className="font-semibold">{item.count.toLocaleString("en")}</span> {item.label}
          </span>
        </li>
      ))}
    </ul>
  );
}
