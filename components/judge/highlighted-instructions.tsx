import { instructionsParts } from "@/lib/view-models/judge-instructions";

/** The judge's instructions with their variables marked. */
export function HighlightedInstructions({ instructions }: { instructions: string }) {
  return (
    <div dir="auto" className="reading rounded-lg border border-line bg-sunken p-4">
      {instructionsParts(instructions).map(({ kind, text, start }) =>
        kind === "variable" ? (
          <code
            key={start}
            className="rounded-sm border border-accent/30 bg-accent-soft px-1 font-mono text-sm text-accent"
          >
            {text}
          </code>
        ) : (
          <span key={start}>{text}</span>
        ),
      )}
    </div>
  );
}
