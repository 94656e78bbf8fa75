import "server-only";
import type { Project } from "@/db/repos/projects.repo";
import type { TargetVersion } from "@/db/repos/targets.repo";
import { AppError } from "@/lib/contracts/errors";
import type { ServiceDeps } from "../service-deps";

/** What answers in a project now: what was chosen in its settings, else its model with the prompt. Null before that is set up. */
export function currentTargetVersion(repos: ServiceDeps["repos"], projectId: string): TargetVersion | null {
  const kind = repos.projects.byId(projectId)?.settings.target ?? "chat";
  const target = repos.targets.list(projectId).find((one) => one.kind === kind);
  return target ? repos.targets.latestVersion(target.id) : null;
}

/** The version of the assistant under test that runs use now. */
export function currentTargetVersionId(repos: ServiceDeps["repos"], projectId: string): string {
  const version = currentTargetVersion(repos, projectId);
  if (version) return version.id;
  const detail = "This project has no assistant to run yet. Set it up under Settings, Your agent.";
  throw new AppError("not-ready", detail);
}

/** Whether any model that a project's work rests on is a simulated one: then all that rests on it says so. */
export function isSimulated(repos: ServiceDeps["repos"], project: Pick<Project, "id" | "models">): boolean {
  const { task, judge, reflection } = project.models;
  const isAgent = currentTargetVersion(repos, project.id)?.config.kind === "http";
  return [...(isAgent ? [] : [task]), judge, reflection].some(
    ({ connectionId }) => repos.connections.byId(connectionId)?.kind !== "real",
  );
}
