import { CopyButton } from "@/components/ui/copy-button";
import type { RunSnapshot } from "@/lib/contracts/runs";

/** Everything that the run was launched with, frozen: the same again gives the same again. */
export function RunSettings({ run }: { run: RunSnapshot }) {
  return (
    <>
      <dl className="grid grid-cols-1 gap-x-6 gap-y-1 sm:grid-cols-[minmax(0,16rem)_minmax(0,1fr)]">
        {run.settings.map(({ name, value }) => (
          <div key={`${name}-${value}`} className="contents">
            <dt className="text-ink-muted max-sm:mt-2">{name}</dt>
            <dd dir="auto" className="min-w-0 break-words">
              {value}
            </dd>
          </div>
        ))}
      </dl>
      <div className="mt-4">
        <CopyButton text={JSON.stringify(run.manifest, null, 2)} label="Copy the manifest as JSON" />
      </div>
    </>
  );
}
