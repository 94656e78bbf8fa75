import type { Finding } from "@/lib/contracts/runs";
import { dollars } from "./preflight-words";

export interface MonthFacts {
  projectId: string;
  /** What the project's cap for the month leaves, in USD; null = there is no cap, or nothing costs anything. */
  monthLeftUsd: number | null;
  /** What a run like this will probably cost; null while it is not known. */
  usd: { low: number; high: number } | null;
}

/** Whether the project's cap for the month will do: a run that meets it waits there, so it is said before the start. */
export function monthFindings({ projectId, monthLeftUsd, usd }: MonthFacts): Finding[] {
  if (monthLeftUsd === null) return [];
  const href = `/p/${projectId}/settings/spend`;
  const left = dollars(monthLeftUsd);
  if (monthLeftUsd === 0)
    return [
      {
        code: "month-used-up",
        level: "blocks",
        what: "This project's cap for the month is used up, so a run would wait at its first call.",
        fix: "Raise the cap, or start it next month",
        href,
      },
    ];
  if (usd === null || monthLeftUsd >= usd.high) return [];
  if (monthLeftUsd < usd.low)
    return [
      {
        code: "month-short",
        level: "warns",
        what: `A run like this usually takes ${dollars(usd.low)} or more, and this project's cap for the month leaves ${left}. It would wait there, with all that it found, until the cap is raised or the month is over.`,
        fix: "Raise the cap, or choose fewer answers",
        href,
      },
    ];
  return [
    {
      code: "month-tight",
      level: "note",
      what: `It may come to ${dollars(usd.high)}, and this project's cap for the month leaves ${left}. If it meets the cap it waits there.`,
      fix: "See this month's spend",
      href,
    },
  ];
}
