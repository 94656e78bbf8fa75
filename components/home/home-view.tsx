"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { SimulatedTag } from "@/components/ui/simulated-tag";
import { TextLink } from "@/components/ui/text-link";
import { useToast } from "@/components/ui/toast";
import type { Home } from "@/lib/contracts/overview";
import { wordsOf } from "@/lib/queries/api-fetch";
import { openSampleProject } from "@/lib/queries/projects";
import { ArchivedProjects } from "./archived-projects";
import { ProjectMenu } from "./project-menu";
import { StartProjectDialog } from "./start-project-dialog";

/** What waits for me, over all projects; and where to begin when there is none. */
export function HomeView({ home }: { home: Home }) {
  const hasNone = home.projects.length === 0 && home.archived.length === 0;
  return hasNone ? <FirstRun home={home} /> : <Projects home={home} />;
}

function FirstRun({ home }: { home: Home }) {
  const [isStarting, setStarting] = useState(false);
  const connection = home.environmentConnection;
  return (
    <>
      <PageHeader title="Teach a judge what good means. Then let it improve the prompt." />
      <div className="measure space-y-4">
        {connection ? (
          <p>
            A key for {connection.host} was found. Nothing has been sent to it. Choose it for a project under
            its Settings, Models and connections.
          </p>
        ) : (
          <p>
            No model is connected, so answers, grades and edits are made by simulated models, and every page
            that shows them says so. Nothing leaves this computer.
          </p>
        )}
        <div className="flex flex-wrap gap-2">
          <OpenSample />
          <Button onClick={() => setStarting(true)}>Start your own project</Button>
        </div>
      </div>
      <StartProjectDialog isOpen={isStarting} onOpenChange={setStarting} />
    </>
  );
}

function OpenSample({ isPrimary = true }: { isPrimary?: boolean }) {
  const router = useRouter();
  const { toast } = useToast();
  const [isPending, setPending] = useState(false);
  const open = async () => {
    setPending(true);
    try {
      const project = await openSampleProject();
      router.push(`/p/${project.id}`);
    } catch (error) {
      setPending(false);
      toast({ title: wordsOf(error), mark: "failed" });
    }
  };
  return (
    <Button
      variant={isPrimary ? "primary" : "secondary"}
      pending={isPending}
      pendingLabel="Opening the sample"
      onClick={open}
    >
      Open the football sample, 10 minutes
    </Button>
  );
}

function Projects({ home }: { home: Home }) {
  const [isStarting, setStarting] = useState(false);
  const [first, ...others] = home.waiting;
  return (
    <>
      <PageHeader
        title="Home"
        sentence={
          home.waiting.length === 0
            ? "Nothing waits for you."
            : `${home.waiting.length} ${home.waiting.length === 1 ? "thing waits" : "things wait"} for you.`
        }
        secondary={<Button onClick={() => setStarting(true)}>Start a project</Button>}
      />
      <div className="space-y-8">
        {first && (
          <section aria-labelledby="waiting">
            <h2 id="waiting" className="mb-2 font-semibold">
              Waiting for you
            </h2>
            <Card
              emphasis="raised"
              title={first.title}
              heading="h3"
              actions={<span className="text-sm text-ink-muted">{first.projectName}</span>}
            >
              <p className="measure">{first.why}</p>
              <LinkButton href={first.href} variant="primary" className="mt-4">
                {first.button}
              </LinkButton>
            </Card>
            {others.length > 0 && (
              <ul className="mt-3 divide-y divide-line">
                {others.map((action) => (
                  <li
                    key={`${action.projectName}-${action.code}`}
                    className="flex flex-wrap items-baseline justify-between gap-3 py-2.5"
                  >
                    <span>
                      <span className="font-medium">{action.title}</span>{" "}
                      <span className="text-ink-muted">{action.projectName}</span>
                    </span>
                    <TextLink href={action.href}>{action.button}</TextLink>
                  </li>
                ))}
              </ul>
            )}
          </section>
        )}
        <section aria-labelledby="projects">
          <h2 id="projects" className="mb-2 font-semibold">
            Projects
          </h2>
          <ul className="divide-y divide-line rounded-lg border border-line bg-raised">
            {home.projects.map((project) => (
              <li key={project.id} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-4 py-3">
                <TextLink href={`/p/${project.id}`}>{project.name}</TextLink>
                {project.simulated && <SimulatedTag />}
                <span className="min-w-0 flex-1 text-ink-muted">{project.status}</span>
                {project.mayManage && <ProjectMenu project={project} />}
              </li>
            ))}
          </ul>
          <ArchivedProjects projects={home.archived} />
        </section>
        {!home.hasSample && (
          <Callout title="New here?" actions={<OpenSample isPrimary={false} />}>
            The football sample takes ten minutes and needs no model.
          </Callout>
        )}
      </div>
      <StartProjectDialog isOpen={isStarting} onOpenChange={setStarting} />
    </>
  );
}
