import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import type { ApiKeyView } from "@/lib/contracts/accounts";
import type { Member } from "@/lib/contracts/people";
import type { ConnectionView, ProjectView } from "@/lib/contracts/projects";
import type { WebhookView } from "@/lib/contracts/webhooks";
import { roleName } from "@/lib/view-models/people-words";
import { AboutForm } from "./about-form";
import { CompareModels } from "./compare-models";
import { ConnectionList } from "./connection-list";
import { KeysPanel } from "./keys-panel";
import { ModelsForm } from "./models-form";
import { PrivacyPanel } from "./privacy-panel";
import { RetentionForm } from "./retention-form";
import { WebhooksPanel } from "./webhooks-panel";

interface SettingsViewProps {
  project: ProjectView;
  connections: readonly ConnectionView[];
  members: readonly Member[];
  /** What is in production; null when nothing is. */
  promptVersionId: string | null;
  /** Who answers: the model with the prompt, or the project's own agent. */
  answers: "chat" | "http";
  /** Null: this person may not manage keys. */
  keys: readonly ApiKeyView[] | null;
  /** Null: this person may not manage them. */
  webhooks: readonly WebhookView[] | null;
  may: { manage: boolean; connections: boolean };
}

/** About, models and connections, keys, people: a section each. */
export function SettingsView({
  project,
  connections,
  members,
  promptVersionId,
  answers,
  keys,
  webhooks,
  may,
}: SettingsViewProps) {
  return (
    <>
      <PageHeader
        title="Settings"
        isSimulated={project.simulated}
        sentence="What the project is for, which models play which part, and who may read it."
      />
      <div className="space-y-6">
        <Card title="About" id="about">
          <AboutForm project={project} mayEdit={may.manage} />
        </Card>
        <Card title="Models by role" id="models">
          <ModelsForm project={project} connections={connections} mayEdit={may.manage} />
          {may.connections && (
            <CompareModels project={project} connections={connections} promptVersionId={promptVersionId} />
          )}
        </Card>
        <Card title="Your agent" id="agent">
          <p className="measure">
            {answers === "http"
              ? "Your own agent answers, over HTTP."
              : "The model above answers with the prompt. If your assistant has tools or code of its own, let it answer instead."}
          </p>
          <LinkButton href={`/p/${project.id}/settings/agent`} className="mt-3">
            {answers === "http" ? "Your agent" : "Connect your agent"}
          </LinkButton>
        </Card>
        <Card title="Connections" id="connections">
          <ConnectionList connections={connections} mayEdit={may.connections} />
        </Card>
        {may.connections && (
          <Card title="MLflow" id="mlflow">
            <p className="measure">
              Take over prompts, datasets and judged traces from an MLflow server, write promotions there, or
              let its client read prompts from here.
            </p>
            <LinkButton href={`/p/${project.id}/settings/mlflow`} className="mt-3">
              MLflow
            </LinkButton>
          </Card>
        )}
        {keys && (
          <Card title="API keys" id="keys">
            <KeysPanel projectId={project.id} initial={keys} />
          </Card>
        )}
        {webhooks && (
          <Card title="Webhooks" id="webhooks">
            <WebhooksPanel projectId={project.id} initial={webhooks} />
          </Card>
        )}
        <Card title="Spend" id="spend">
          <p className="measure">
            {project.settings.monthlyCapUsd
              ? `Model calls of this project may cost $${project.settings.monthlyCapUsd} a month.`
              : "What the project's model calls cost, month by month. There is no cap."}
          </p>
          <LinkButton href={`/p/${project.id}/settings/spend`} className="mt-2">
            Spend and cap
          </LinkButton>
        </Card>
        {may.manage && (
          <Card title="Personal data" id="privacy">
            <PrivacyPanel project={project} />
          </Card>
        )}
        {may.manage && (
          <Card title="What is kept how long" id="retention">
            <RetentionForm project={project} />
          </Card>
        )}
        {may.manage && (
          <Card title="Audit log" id="audit">
            <p className="measure">Who did what in this project, with filter and export.</p>
            <LinkButton href={`/p/${project.id}/settings/audit`} className="mt-2">
              Open the audit log
            </LinkButton>
          </Card>
        )}
        <Card
          title="People"
          id="people"
          actions={
            <LinkButton href={`/p/${project.id}/settings/people`} size="sm">
              People and links
            </LinkButton>
          }
        >
          <p>{members.map(({ name, role }) => `${name}, ${roleName(role).toLowerCase()}`).join(" · ")}</p>
        </Card>
      </div>
    </>
  );
}
