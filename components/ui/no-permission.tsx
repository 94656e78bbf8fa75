import { Lock } from "lucide-react";
import type { ReactNode } from "react";

interface NoPermissionProps {
  /** What this person wanted: "start a run". */
  what: string;
  /** Who may, in words: "An engineer of this project, such as Jonas,". */
  whoMay: string;
  /** One thing that this person may do, such as "Ask the engineer". */
  action?: ReactNode;
  heading?: "h1" | "h2" | "h3";
}

/** Not for this person: says who may, and what this person may do instead. */
export function NoPermission({ what, whoMay, action, heading: Heading = "h2" }: NoPermissionProps) {
  return (
    <div className="rounded-lg border border-line bg-sunken px-5 py-6">
      <Heading className="flex items-center gap-2 text-lg font-semibold">
        <Lock aria-hidden="true" className="size-4.5 shrink-0 text-ink-muted" />
        You cannot {what} here
      </Heading>
      <p className="measure mt-2 text-base text-ink-muted">{whoMay} can. Nothing was changed.</p>
      {action && <div className="mt-4 flex flex-wrap gap-2">{action}</div>}
    </div>
  );
}
