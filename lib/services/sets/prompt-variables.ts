import "server-only";
import type { ServiceDeps } from "../service-deps";

const VARIABLE = /\{\{\s*([\p{L}\p{N}_.-]+)\s*\}\}/gu;

/** Named fields that a prompt's texts ask for (`{{ team }}`), each once, in order of first mention. */
export function variablesOf(texts: readonly string[]): string[] {
  return [
    ...new Set(texts.flatMap((text) => Array.from(text.matchAll(VARIABLE), (match) => match[1] ?? ""))),
  ];
}

/** Fields that a project's prompts ask for. */
export interface ProjectVariables {
  /** Of any prompt: what a record's form offers. */
  offered: string[];
  /** What a record cannot do without: of prompts in production, and of all while none is. */
  needed: string[];
}

/** Of each prompt what is in production, else its newest version. One that only came in by an import asks for nothing yet. */
export function projectVariables({ repos }: Pick<ServiceDeps, "repos">, projectId: string): ProjectVariables {
  const prompts = repos.prompts.list(projectId).flatMap(({ id }) => {
    const live = repos.aliases.get(id, "production");
    const version =
      live === null ? repos.prompts.latestVersion(id) : repos.prompts.versionById(live.versionId);
    return version === null ? [] : [{ isLive: live !== null, texts: Object.values(version.components) }];
  });
  const textsOf = (list: typeof prompts) => list.flatMap(({ texts }) => texts);
  const live = prompts.filter(({ isLive }) => isLive);
  const offered = variablesOf(textsOf(prompts));
  return { offered, needed: live.length === 0 ? offered : variablesOf(textsOf(live)) };
}
