import "server-only";
import type { Repos } from "@/db/repos/create-repos";

const KINDS: Readonly<Record<string, string>> = {
  evaluation: "a round of answers",
  alignment: "a teaching of the judge",
  evidence: "a look at the sealed records",
  import: "an import",
  webhook: "a message of a webhook",
  draft: "a draft of what a good answer does",
  "judge-check": "a trial of the judge",
  "mlflow-import": "an import from MLflow",
  "mlflow-push": "a message to MLflow",
};

/** What a job is, as people call it. */
export function jobName(repos: Repos, kind: string, subjectId: string): string {
  if (kind !== "run") return KINDS[kind] ?? kind;
  const run = repos.runs.byId(subjectId);
  return run ? `Run ${run.number}` : "a run";
}
