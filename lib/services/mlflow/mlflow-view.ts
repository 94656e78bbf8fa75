import "server-only";
import type { MlflowImport, MlflowLink, MlflowPush } from "@/db/repos/mlflow.repo";
import {
  type MlflowImportView,
  type MlflowLinkView,
  type MlflowLoss,
  type MlflowPushView,
  mlflowImportPlanSchema,
  mlflowLinkSchema,
  mlflowSteps,
} from "@/lib/contracts/mlflow";
import type { ServiceDeps } from "../service-deps";
import { lostThere } from "./judge-form";
import { pushStepsSchema } from "./push-job";

type Repos = ServiceDeps["repos"];

/** Without the token: it never leaves the server again. */
export function linkViewOf(link: MlflowLink): MlflowLinkView {
  const { url, experiment, username, sealedToken, writesOnPromote, services, checkedAt } = link;
  return {
    url,
    experiment,
    username,
    hasToken: sealedToken !== null,
    writesOnPromote,
    services: mlflowLinkSchema.shape.services.parse(services),
    checkedAt,
  };
}

export function importViewOf(repos: Repos, given: MlflowImport): MlflowImportView {
  const { id, preview, result, problem, createdAt } = given;
  return {
    id,
    state: stateOf(given),
    stage: repos.jobs.ofSubject(id)?.stage ?? "",
    preview: preview === null ? null : mlflowImportPlanSchema.parse(preview),
    result: result === null ? null : mlflowImportPlanSchema.parse(result),
    problem,
    createdAt,
  };
}

function stateOf({ appliedAt, problem, confirmedAt, preview }: MlflowImport): MlflowImportView["state"] {
  if (appliedAt !== null) return "done";
  if (problem !== null) return "failed";
  if (confirmedAt !== null) return "writing";
  return preview === null ? "reading" : "read";
}

export function pushViewOf(repos: Repos, push: MlflowPush): MlflowPushView[] {
  const event = repos.aliases.event(push.aliasEventId);
  const prompt = event && repos.prompts.byId(event.promptId);
  if (!event || !prompt) return [];
  const steps = pushStepsSchema.parse(push.steps);
  const { id, state, attempts, nextAt, lastError, writtenAt, createdAt } = push;
  return [
    {
      id,
      prompt: prompt.name,
      alias: event.alias,
      version: event.toVersion,
      kind: event.kind,
      state,
      attempts,
      nextAt: state === "waiting" ? nextAt : null,
      steps: mlflowSteps.flatMap((step) => {
        const known = steps[step];
        return known ? [{ step, isDone: known.isDone, detail: known.detail }] : [];
      }),
      lastError,
      writtenAt,
      createdAt,
    },
  ];
}

/** Of every model judge in use, what would not go out with it. */
export function lossesOf(repos: Repos, projectId: string): MlflowLoss[] {
  return repos.judges.list(projectId).flatMap((judge) => {
    const version = judge.kind === "model" ? repos.judges.inUse(judge.id) : null;
    return version ? [{ judge: judge.name, lost: lostThere(judge, version) }] : [];
  });
}
