export const dialogOverlay = "fixed inset-0 z-40 animate-appear bg-overlay";

/** On a phone it rises from below and fills the width; else it stands in the middle. */
export const dialogPanel =
  "fixed inset-x-0 bottom-0 z-50 flex max-h-[92dvh] animate-rise flex-col rounded-t-lg border border-line bg-raised " +
  "shadow-high outline-none sm:inset-4 sm:m-auto sm:h-fit sm:max-h-[calc(100dvh-2rem)] sm:rounded-lg";

export const dialogSizes = {
  sm: "sm:max-w-md",
  md: "sm:max-w-xl",
  lg: "sm:max-w-3xl",
  xl: "sm:max-w-5xl",
} as const;
