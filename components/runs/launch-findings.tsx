import { Mark } from "@/components/ui/mark";
import { TextLink } from "@/components/ui/text-link";
import type { Finding } from "@/lib/contracts/runs";

const LEVELS = {
  blocks: { mark: "failed", word: "must be mended first" },
  warns: { mark: "warning", word: "worth a look" },
  note: { mark: "open", word: "for your information" },
} as const;

/** What the run would meet, each with the place to mend it. */
export function LaunchFindings({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <section aria-labelledby="findings">
      <h2 id="findings" className="mb-2 font-semibold">
        Before you start
      </h2>
      <ul className="space-y-3">
        {findings.map(({ code, level, what, fix, href }) => (
          <li key={`${code}-${what}`} className="flex gap-2.5">
            <Mark kind={LEVELS[level].mark} word={LEVELS[level].word} />
            <span className="min-w-0">
              {what}{" "}
              {href ? <TextLink href={href}>{fix}</TextLink> : <span className="text-ink-muted">{fix}.</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** "Changed since the last run: records +6, labels +14, judge v3 → v4, same model" */
export function LaunchChanges({ lines }: { lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <section aria-labelledby="changes">
      <h2 id="changes" className="mb-1 font-semibold">
        Changed since the last run
      </h2>
      <p className="text-ink-muted">{lines.join(" · ")}</p>
    </section>
  );
}
