"use client";

import { useState } from "react";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import type { MlflowCheck, MlflowPage } from "@/lib/contracts/mlflow";
import type { ProjectView } from "@/lib/contracts/projects";
import { useMlflow } from "@/lib/queries/mlflow";
import { mlflowSentence } from "@/lib/view-models/mlflow-words";
import { ImportPanel } from "./import-panel";
import { LinkForm } from "./link-form";
import { OutPanel } from "./out-panel";
import { ReadFromUs } from "./read-from-us";
import { ServicesList } from "./services-list";

/** An MLflow server as a source and a target of this project. */
export function MlflowView({
  project,
  initial,
  promptName,
}: {
  project: ProjectView;
  initial: MlflowPage;
  /** For the lines that an agent needs. */
  promptName: string;
}) {
  const { data: page, refetch } = useMlflow(project.id, initial);
  const [aliases, setAliases] = useState<MlflowCheck["aliases"] | null>(null);
  const look = (): void => void refetch();
  return (
    <>
      <PageHeader
        title="MLflow"
        isSimulated={project.simulated}
        above={<TextLink href={`/p/${project.id}/settings`}>Settings</TextLink>}
        sentence={mlflowSentence(page)}
      />
      <div className="space-y-6">
        <Card title="The server" id="server">
          <LinkForm projectId={project.id} link={page.link} onChanged={look} onChecked={setAliases} />
          {page.link?.services && (
            <ServicesList services={page.link.services} checkedAt={page.link.checkedAt} />
          )}
        </Card>
        {page.link && (
          <>
            <Card title="Take over what is there" id="import">
              <ImportPanel projectId={project.id} newest={page.import} onChanged={look} />
            </Card>
            <Card title="What goes out" id="out">
              <OutPanel
                projectId={project.id}
                page={page}
                link={page.link}
                aliases={aliases}
                onChanged={look}
                onChecked={setAliases}
              />
            </Card>
          </>
        )}
        <Card title="Agents that use MLflow's client" id="read">
          <ReadFromUs projectId={project.id} promptName={promptName} />
        </Card>
      </div>
    </>
  );
}
