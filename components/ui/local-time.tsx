"use client";

import { useSyncExternalStore } from "react";

const FORMATS = {
  date: { day: "numeric", month: "long" },
  "date-year": { day: "numeric", month: "long", year: "numeric" },
  time: { hour: "2-digit", minute: "2-digit" },
  full: { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

interface LocalTimeProps {
  /** Milliseconds since 1970. */
  at: number;
  /** `date` = 3 September, `time` = 14:02. */
  form?: keyof typeof FORMATS;
}

const never = () => () => undefined;

/** A moment in the reader's own time zone; before the page is alive, and without scripts, in UTC. */
export function LocalTime({ at, form = "date" }: LocalTimeProps) {
  const isAlive = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const zone = isAlive ? undefined : "UTC";
  const words = new Intl.DateTimeFormat("en-GB", { ...FORMATS[form], timeZone: zone }).format(at);
  return (
    <time dateTime={new Date(at).toISOString()}>
      {isAlive ? words : `${words}${form === "date" || form === "date-year" ? "" : " UTC"}`}
    </time>
  );
}
