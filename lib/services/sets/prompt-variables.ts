import "server-only";
import type { ServiceDeps } from "../service-deps";

const VARIABLE = /\{\{\s*([\p{L}\p{N}_.-]+)\s*\}\}/gu;

/** Named fields that a prompt's texts ask for (`{{ team }}`), each once, in order of first mention. */
export function variablesOf(texts: readonly string[]): string[] {
  return [
    ...new Set(texts.flatMap((text) => Array.from(text.matchAll(VARIABLE), (match) => match[1] ?? ""))),
  ];
}

/** Fields that the project's prompts ask for: of each what is in production, else its newest version. */
export function projectVariables({ repos }: Pick<ServiceDeps, "repos">, projectId: string): string[] {
  const texts = repos.prompts.list(projectId).flatMap((prompt) => {
    const live = repos.aliases.get(prompt.id, "production");
    const version =
      live === null ? repos.prompts.latestVersion(prompt.id) : repos.prompts.versionById(live.versionId);
    return version === null ? [] : Object.values(version.components);
  });
  return variablesOf(texts);
}
