"use client";

/** A moment in the reader's own time zone; the server cannot know it. */
export function DateWords({ at, withTime = false }: { at: number; withTime?: boolean }) {
  const date = new Date(at);
  const day = date.toLocaleDateString("en-GB", { day: "numeric", month: "long" });
  const time = date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  return (
    <time dateTime={date.toISOString()} suppressHydrationWarning>
      {withTime ? time : day}
    </time>
  );
}
