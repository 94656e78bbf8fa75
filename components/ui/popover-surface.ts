/** Look of everything that floats above the page on demand. */
export const popoverSurface =
  "z-50 max-w-[min(22rem,calc(100vw-1.5rem))] animate-rise rounded-lg border border-line bg-raised p-3.5 text-sm " +
  "text-ink shadow-high outline-none";

export const menuSurface =
  "z-50 min-w-44 max-w-[calc(100vw-1.5rem)] animate-rise rounded-lg border border-line bg-raised p-1 text-sm " +
  "text-ink shadow-high outline-none";
