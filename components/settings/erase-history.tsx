import { Card } from "@/components/ui/card";
import { LocalTime } from "@/components/ui/local-time";
import type { Erasure } from "@/lib/contracts/erasure";
import { countsInWords } from "@/lib/view-models/erasure-words";

/** What was erased before: how much, never what. */
export function EraseHistory({ erasures }: { erasures: readonly Erasure[] }) {
  return (
    <Card title="Erased so far">
      {erasures.length === 0 ? (
        <p className="text-ink-muted">Nothing yet.</p>
      ) : (
        <ul className="divide-y divide-line" aria-label="Erased so far">
          {erasures.map(({ id, kind, by, at, erased, compactedAt }) => (
            <li key={id} className="py-2.5">
              <p>
                <span className="font-medium">{kind === "record" ? "A record" : "Words"}</span>, by {by},{" "}
                <LocalTime at={at} />
              </p>
              <p className="measure text-sm text-ink-muted">{countsInWords(erased)}</p>
              {compactedAt === null && (
                <p className="measure text-sm text-warning">
                  The database file could not be written anew since: deleted pages of it may still hold the
                  text. An admin of the server presses “Write the file anew” under This server, Storage.
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
