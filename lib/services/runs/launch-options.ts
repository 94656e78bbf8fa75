import "server-only";
import type { Project } from "@/db/repos/projects.repo";
import type { LaunchOptions } from "@/lib/contracts/runs";
import type { ServiceDeps } from "../service-deps";
import { currentTargetVersion } from "../targets/current-target";
import { priceOf } from "./run-forecast";

const PRODUCTION = "production";

/** What a launch can be made of: prompt versions, what is in production first; judges in use, model judges first. */
export function launchOptionsOf(repos: ServiceDeps["repos"], project: Project): LaunchOptions {
  const prompts = repos.prompts.list(project.id).flatMap((prompt) => {
    const live = repos.aliases.get(prompt.id, PRODUCTION)?.versionId ?? null;
    return repos.prompts.versions(prompt.id).map(({ id, version }) => ({
      promptVersionId: id,
      name: prompt.name,
      version,
      inProduction: id === live,
    }));
  });
  const judges = repos.judges.list(project.id).flatMap(({ id, name, kind }) => {
    const version = repos.judges.inUse(id);
    return version
      ? [{ judgeVersionId: version.id, name, version: version.version, isModel: kind === "model" }]
      : [];
  });
  const { task, judge, reflection } = project.models;
  const config = currentTargetVersion(repos, project.id)?.config;
  const agent = config?.kind === "http" ? config : null;
  return {
    prompts: prompts.sort((a, b) => Number(b.inProduction) - Number(a.inProduction) || b.version - a.version),
    judges: judges.sort((a, b) => Number(b.isModel) - Number(a.isModel)),
    canCapMoney:
      (agent === null || agent.maxUsdPerCall != null) &&
      [...(agent ? [] : [task]), judge, reflection].every((model) => priceOf(repos, model) !== null),
  };
}
