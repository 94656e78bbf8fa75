"use client";

import { useSyncExternalStore } from "react";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Tabs } from "@/components/ui/tabs";
import { TextLink } from "@/components/ui/text-link";
import { fetchSnippets } from "@/lib/view-models/prompt-snippets";

/** How an agent gets the prompt: one cacheable GET. */
export function FetchPanel({ projectId, name, alias }: { projectId: string; name: string; alias: string }) {
  const origin = useSyncExternalStore(
    () => () => undefined,
    () => window.location.origin,
    () => "http://127.0.0.1:3000",
  );
  const items = fetchSnippets(origin, name, alias).map(({ language, code }) => ({
    value: language,
    label: language,
    content: (
      <div className="space-y-2">
        <pre className="rounded-md border border-line bg-sunken p-3 font-mono text-sm break-all whitespace-pre-wrap">
          {code}
        </pre>
        <CopyButton text={code} label="Copy" />
      </div>
    ),
  }));
  return (
    <Card title="How to fetch it" id="fetch">
      <p className="measure mb-3 text-ink-muted">
        Make a key with the scope prompts:read under{" "}
        <TextLink href={`/p/${projectId}/settings`}>Settings, keys</TextLink>. The answer carries an ETag and
        may be kept for 30 seconds, or a day when this server cannot be reached.
      </p>
      <Tabs label="Ways to fetch it" items={items} />
    </Card>
  );
}
