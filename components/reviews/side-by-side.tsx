import type { DiffLine } from "@/lib/view-models/diff-text";
import { DiffWords } from "./diff-words";

interface SideBySideProps {
  lines: readonly DiffLine[];
  before: number | null;
  after: number;
  /** Which part of the prompt; null when it has only one. */
  part: string | null;
}

const ROW = "border-t border-line px-3 py-2 align-top reading max-w-none!";

/** Both texts in columns, sentence beside sentence. */
export function SideBySide({ lines, before, after, part }: SideBySideProps) {
  const label = part === null ? "Both texts side by side" : `Both texts of ${part} side by side`;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="overflow-x-auto" aria-label={label} tabIndex={0}>
      <table className="w-full min-w-xl table-fixed border-collapse">
        <thead>
          <tr className="text-start text-ink-muted">
            <th scope="col" className="px-3 py-1.5 text-start font-medium">
              {before === null ? "Nothing" : `v${before}`}
            </th>
            <th scope="col" className="px-3 py-1.5 text-start font-medium">
              v{after}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              <td className={ROW}>
                {line.before !== null && (
                  <>
                    {line.isMoved && <span className="text-sm text-ink-muted">Moved away: </span>}
                    <DiffWords
                      words={line.words}
                      show={line.kind === "removed" ? "both" : "before"}
                      isMoved={line.isMoved}
                    />
                  </>
                )}
              </td>
              <td className={ROW}>
                {line.after !== null && (
                  <>
                    {line.isMoved && <span className="text-sm text-ink-muted">Moved here: </span>}
                    <DiffWords
                      words={line.words}
                      show={line.kind === "added" ? "both" : "after"}
                      isMoved={line.isMoved}
                    />
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
