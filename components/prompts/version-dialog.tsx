"use client";

import { Tag } from "@/components/ui/badge";
import { Dialog } from "@/components/ui/dialog";
import { LocalTime } from "@/components/ui/local-time";
import { TextBlock } from "@/components/ui/text-block";
import type { PromptVersionView } from "@/lib/contracts/prompts";
import { PromptText } from "./prompt-text";

/** One version, which never changes: its text, message and tags. */
export function VersionDialog({
  version,
  onClose,
}: {
  version: PromptVersionView | null;
  onClose: () => void;
}) {
  return (
    <Dialog
      title={`Version ${version?.version ?? ""}`}
      open={version !== null}
      onOpenChange={(open) => !open && onClose()}
      size="lg"
    >
      {version && (
        <div className="space-y-3">
          <p className="text-ink-muted">
            {version.createdBy}, <LocalTime at={version.createdAt} form="full" /> · {version.source}
          </p>
          {version.commitMessage && <TextBlock text={version.commitMessage} className="text-sm" />}
          <ul className="flex flex-wrap gap-1.5">
            {Object.entries(version.tags).map(([name, value]) => (
              <li key={name}>
                <Tag>
                  {name}: {value}
                </Tag>
              </li>
            ))}
          </ul>
          <PromptText version={version} maxLines={null} />
          <p className="font-mono text-xs text-ink-faint">{version.contentHash}</p>
        </div>
      )}
    </Dialog>
  );
}
