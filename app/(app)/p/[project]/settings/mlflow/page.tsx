import type { Metadata } from "next";
import { loadProjectPage } from "@/app/load-project-page";
import { MlflowView } from "@/components/mlflow/mlflow-view";
import { NoPermission } from "@/components/ui/no-permission";

export const metadata: Metadata = { title: "MLflow" };

export default async function MlflowPage({ params }: { params: Promise<{ project: string }> }) {
  const { actor, services, project, can } = await loadProjectPage(params);
  if (!can("connections:manage")) {
    return (
      <NoPermission heading="h1" what="connect MLflow" whoMay="An engineer or an admin of this project" />
    );
  }
  services.overview.visit(actor, project.id, `/p/${project.id}/settings/mlflow`);
  return (
    <MlflowView
      project={project}
      initial={services.mlflow.page(actor, project.id)}
      promptName={services.prompts.list(actor, project.id)[0]?.name ?? "my-prompt"}
    />
  );
}
