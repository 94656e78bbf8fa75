"use client";

/** A moment in the reader's own language and time zone; the server cannot know either. */
export function DateWords({ at }: { at: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} suppressHydrationWarning>
      {new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "long" })}
    </time>
  );
}
