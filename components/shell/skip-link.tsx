/** First stop of the Tab key: over the rail, to what the page is about. */
export function SkipLink() {
  return (
    <a
      href="#main"
      className="sr-only rounded-md bg-raised px-3 py-2 text-accent shadow-high focus:not-sr-only focus:fixed focus:inset-s-3 focus:top-2 focus:z-60"
    >
      Skip to the content
    </a>
  );
}
