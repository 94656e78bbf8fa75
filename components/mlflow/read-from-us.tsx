"use client";

import { useSyncExternalStore } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { TextLink } from "@/components/ui/text-link";
import { mlflowSnippet } from "@/lib/view-models/prompt-snippets";

/** An unchanged client reads what is promoted here: only address and token are ours. */
export function ReadFromUs({ projectId, promptName }: { projectId: string; promptName: string }) {
  const origin = useSyncExternalStore(
    () => () => undefined,
    () => window.location.origin,
    () => "http://127.0.0.1:3000",
  );
  const code = mlflowSnippet(origin, promptName, "production");
  return (
    <div className="space-y-3">
      <p className="measure text-ink-muted">
        This server answers MLflow's client as its registry would, for reading. Nothing has to be connected
        for it: set the address and an API key with the scope prompts:read from{" "}
        <TextLink href={`/p/${projectId}/settings#keys`}>Settings, keys</TextLink>, and leave the code as it
        is.
      </p>
      <pre className="rounded-md border border-line bg-sunken p-3 font-mono text-sm break-all whitespace-pre-wrap">
        {code}
      </pre>
      <CopyButton text={code} label="Copy" />
    </div>
  );
}
