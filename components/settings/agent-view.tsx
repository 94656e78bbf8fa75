"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { useToast } from "@/components/ui/toast";
import type { ProjectView } from "@/lib/contracts/projects";
import type { AgentTest, TargetView } from "@/lib/contracts/targets";
import { wordsOf } from "@/lib/queries/api-fetch";
import { chooseTarget } from "@/lib/queries/targets";
import { AgentForm } from "./agent-form";
import { AgentSnippets } from "./agent-snippets";
import { AgentTestReport } from "./agent-test-report";

/** Connect your agent: three steps, then the choice who answers. */
export function AgentView({
  project,
  initial,
  mayEdit,
}: {
  project: ProjectView;
  initial: TargetView;
  mayEdit: boolean;
}) {
  const [target, setTarget] = useState(initial);
  const [test, setTest] = useState<AgentTest | null>(null);
  return (
    <>
      <PageHeader
        title="Your agent"
        isSimulated={project.simulated}
        above={<TextLink href={`/p/${project.id}/settings`}>Settings</TextLink>}
        sentence={sentenceOf(target)}
      />
      <div className="space-y-6">
        <WhoAnswers projectId={project.id} target={target} mayEdit={mayEdit} onChange={setTarget} />
        <Card title="1 · Let your agent take a prompt from outside">
          <AgentSnippets />
        </Card>
        <Card title="2 · Say where it is, and test it">
          {mayEdit ? (
            <AgentForm projectId={project.id} target={target} onSaved={setTarget} onTested={setTest} />
          ) : (
            <p className="text-ink-muted">An engineer of this project can connect an agent.</p>
          )}
          {test && <AgentTestReport test={test} />}
        </Card>
      </div>
    </>
  );
}

function sentenceOf({ inUse, agent, chat }: TargetView): string {
  if (inUse === "http") return `Your agent answers, at ${hostOf(agent?.url ?? "")}.`;
  const who = chat.simulated ? "A simulated model answers" : `${chat.model} answers`;
  return agent ? `${who}. Your agent is set up, and not used yet.` : `${who}. No agent is connected.`;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

function WhoAnswers({
  projectId,
  target,
  mayEdit,
  onChange,
}: {
  projectId: string;
  target: TargetView;
  mayEdit: boolean;
  onChange(target: TargetView): void;
}) {
  const { toast } = useToast();
  const [isPending, setPending] = useState(false);
  const { agent, inUse } = target;
  const choose = async (use: TargetView["inUse"]) => {
    setPending(true);
    try {
      onChange(await chooseTarget(projectId, use));
      toast({
        title: use === "http" ? "Your agent answers from now on." : "The model answers from now on.",
        mark: "done",
      });
    } catch (error) {
      toast({ title: wordsOf(error), mark: "failed" });
    } finally {
      setPending(false);
    }
  };
  if (!mayEdit || !agent) return null;
  if (inUse === "http")
    return (
      <Callout
        tone="neutral"
        title="Runs, reviews and rounds of answers ask your agent."
        actions={
          <Button size="sm" pending={isPending} onClick={() => void choose("chat")}>
            Let the model answer instead
          </Button>
        }
      >
        Each call says dry_run, so that nothing is booked, sent or changed. What is under way keeps what it
        started with.
      </Callout>
    );
  const isProven = agent.lastCheck?.canary === "used";
  return (
    <Callout
      tone={isProven ? "better" : "neutral"}
      title={
        isProven ? "Your agent is tested and ready." : "Your agent is saved, and not tested with success yet."
      }
      actions={
        <Button
          size="sm"
          variant={isProven ? "primary" : "secondary"}
          pending={isPending}
          onClick={() => void choose("http")}
        >
          Use this agent
        </Button>
      }
    >
      {isProven
        ? "From then on runs, reviews and rounds of answers ask it instead of the model."
        : "You can use it all the same: each run checks first that it uses the prompt, and waits if it does not."}
    </Callout>
  );
}
