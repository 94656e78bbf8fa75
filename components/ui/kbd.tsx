/** A key, or several in order: "g r". */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap">
      {keys.split(" ").map((key, index) => (
        <kbd
          // biome-ignore lint/suspicious/noArrayIndexKey: a sequence may repeat a key, and never reorders
          key={index}
          className="min-w-5 rounded-sm border border-line-strong bg-sunken px-1 text-center font-mono text-xs leading-4.5 text-ink-muted"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
