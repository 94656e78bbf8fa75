"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { LocalTime } from "@/components/ui/local-time";
import { PageHeader } from "@/components/ui/page-header";
import { useToast } from "@/components/ui/toast";
import type { PromptView } from "@/lib/contracts/prompts";
import { usePrompts } from "@/lib/queries/prompts";
import { EditDialog } from "./edit-dialog";
import { FetchPanel } from "./fetch-panel";
import { HistoryPanel } from "./history-panel";
import { InProduction } from "./in-production";
import { NewPrompt } from "./new-prompt";
import { OtherAliases } from "./other-aliases";
import { RollBackDialog } from "./roll-back-dialog";
import { TryQuestion } from "./try-question";
import { VersionDialog } from "./version-dialog";

interface PromptsViewProps {
  projectId: string;
  isSimulated: boolean;
  initial: PromptView[];
  may: { rollBack: boolean; edit: boolean; ask: boolean; save: boolean };
}

/** What is live, since when, why (ux.md, section 4, Prompts). */
export function PromptsView({ projectId, isSimulated, initial, may }: PromptsViewProps) {
  const { prompts, rollBack } = usePrompts(projectId, initial);
  if (prompts.length === 0) {
    return (
      <>
        <PageHeader title="Prompts" isSimulated={isSimulated} />
        <EmptyState
          title="No prompt yet."
          primary={
            may.edit ? (
              <NewPrompt projectId={projectId} isFirst />
            ) : (
              <LinkButton href={`/p/${projectId}`}>Back to the overview</LinkButton>
            )
          }
        >
          <p>
            A prompt is the standing instructions that the assistant gets before every question. An engineer
            of this project writes the first one.
          </p>
        </EmptyState>
      </>
    );
  }
  return (
    <>
      {liveFirst(prompts).map((prompt, index) => (
        <OnePrompt
          key={prompt.id}
          prompt={prompt}
          heading={index === 0}
          isSimulated={isSimulated}
          may={may}
          rollBack={rollBack}
        />
      ))}
      {may.edit && <NewPrompt projectId={projectId} isFirst={false} />}
    </>
  );
}

/** What agents use before what is only written; else by name, as they come. */
function liveFirst(prompts: readonly PromptView[]): PromptView[] {
  const isLive = ({ aliases }: PromptView): boolean => aliases.some(({ alias }) => alias === "production");
  return prompts.toSorted((a, b) => Number(isLive(b)) - Number(isLive(a)));
}

interface OnePromptProps extends Pick<PromptsViewProps, "isSimulated" | "may"> {
  prompt: PromptView;
  heading: boolean;
  rollBack: ReturnType<typeof usePrompts>["rollBack"];
}

function OnePrompt({ prompt, heading, isSimulated, may, rollBack }: OnePromptProps) {
  const { toast } = useToast();
  const [shown, setShown] = useState<number | null>(null);
  const [isEditing, setEditing] = useState(false);
  const [isRolling, setRolling] = useState(false);
  const live = prompt.aliases.find(({ alias }) => alias === "production") ?? null;
  const version = prompt.versions.find((one) => one.version === live?.version) ?? null;
  const event = prompt.history.find(({ alias }) => alias === "production") ?? null;
  const back = may.rollBack ? earlierVersion(prompt) : null;
  const confirmRollBack = (reason: string) => {
    if (live === null || back === null) return;
    const { name } = prompt;
    rollBack.mutate(
      { name, alias: "production", toVersion: back, expectedCurrent: live.version, reason },
      {
        onSuccess: () => {
          setRolling(false);
          toast({ title: `v${back} is in production again.`, mark: "done" });
        },
      },
    );
  };
  const title = heading ? "Prompts" : prompt.name;
  return (
    <section className="mb-10" aria-label={prompt.name}>
      <PageHeader
        title={title}
        sentence={
          live ? (
            <>
              {prompt.name}: v{live.version} is in production since <LocalTime at={live.since} form="full" />.
            </>
          ) : (
            `${prompt.name}: nothing is in production yet.`
          )
        }
        isSimulated={isSimulated}
        secondary={
          may.edit && (
            <Button onClick={() => setEditing(true)}>
              {version ? "Change the words by hand" : "Put the first version in production"}
            </Button>
          )
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {version && live ? (
          <InProduction
            prompt={prompt}
            version={version}
            event={event}
            since={live.since}
            onRollBack={back === null ? undefined : { toVersion: back, open: () => setRolling(true) }}
          />
        ) : (
          <EmptyState title="Nothing is in production yet.">
            <p>
              The first version needs a review and an approval, but no comparison: there is nothing to compare
              with.
            </p>
          </EmptyState>
        )}
        {may.ask && prompt.versions.length > 0 && (
          <Card title="Try a question" id="try">
            <TryQuestion
              projectId={prompt.projectId}
              sides={sidesOf(prompt, live?.version ?? null)}
              maySave={may.save}
              isSimulated={isSimulated}
            />
          </Card>
        )}
        <HistoryPanel prompt={prompt} onShowVersion={setShown} />
        <OtherVersions prompt={prompt} onShow={setShown} />
        <OtherAliases prompt={prompt} onShowVersion={setShown} />
        {live && <FetchPanel projectId={prompt.projectId} name={prompt.name} alias="production" />}
      </div>
      <VersionDialog
        version={prompt.versions.find((one) => one.version === shown) ?? null}
        onClose={() => setShown(null)}
      />
      {isEditing && (
        <EditDialog
          prompt={prompt}
          from={version ?? prompt.versions[0] ?? null}
          isLive={version !== null}
          open
          onClose={() => setEditing(false)}
        />
      )}
      {live && back !== null && (
        <RollBackDialog
          key={String(isRolling)}
          from={live.version}
          to={back}
          open={isRolling}
          pending={rollBack.isPending}
          error={rollBack.error}
          onClose={() => setRolling(false)}
          onConfirm={confirmRollBack}
        />
      )}
    </section>
  );
}

/** Every version, to look at. */
function OtherVersions({ prompt, onShow }: { prompt: PromptView; onShow: (version: number) => void }) {
  return (
    <Card title={`Versions (${prompt.versions.length})`}>
      <ul className="flex flex-wrap gap-2">
        {prompt.versions.map(({ id, version }) => (
          <li key={id}>
            <Button size="sm" onClick={() => onShow(version)}>
              v{version}
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Production first, then the other versions, newest first. */
function sidesOf({ versions }: PromptView, live: number | null) {
  const side = ({ version, components, variables }: PromptView["versions"][number]) => ({
    name: version === live ? `v${version}, in production` : `v${version}`,
    components,
    variables,
  });
  return [
    ...versions.filter(({ version }) => version === live),
    ...versions.filter(({ version }) => version !== live),
  ].map(side);
}

/** Where a rollback would go: what production pointed at before the version that is there; null when there is none. */
function earlierVersion({ history, aliases }: PromptView): number | null {
  const live = aliases.find(({ alias }) => alias === "production")?.version;
  const own = history.filter(({ alias }) => alias === "production");
  return own.find(({ toVersion }) => toVersion === live)?.fromVersion ?? null;
}
