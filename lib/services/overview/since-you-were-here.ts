import "server-only";
import type { Overview } from "@/lib/contracts/overview";
import type { ServiceDeps } from "../service-deps";

type News = Overview["sinceYouWereHere"];
const SHOWN = 5;

/**
 * What came of this person's words, and what moved: since the last visit, or ever on the first one. Each of their
 * reasons that a guideline cites is told once, with the guideline's text.
 */
export function newsSince(
  { repos }: Pick<ServiceDeps, "repos">,
  projectId: string,
  userId: string,
  since: number | null,
): News {
  const after = since ?? 0;
  return [...yourWords(repos, projectId, userId, after), ...promotions(repos, projectId, after)].slice(
    0,
    SHOWN,
  );
}

type Repos = ServiceDeps["repos"];

function yourWords(repos: Repos, projectId: string, userId: string, after: number): News {
  return repos.judges.list(projectId).flatMap((judge) => {
    const version = repos.judges.inUse(judge.id);
    if (version?.origin !== "aligned" || version.createdAt < after) return [];
    const mine = new Map(
      repos.labels
        .list(projectId, { judgeId: judge.id, authorId: userId })
        .map((label) => [label.id, label.reason.trim()]),
    );
    return version.guidelines
      .filter(({ active }) => active)
      .flatMap(({ text, sourceLabelIds }) => {
        const words = sourceLabelIds
          .map((id) => mine.get(id))
          .find((reason) => reason !== undefined && reason !== "");
        if (!words) return [];
        return [
          {
            sentence: `Your “${shortened(words)}” became the guideline “${shortened(text)}”.`,
            href: `/p/${projectId}/judge`,
            linkWords: "See where",
          },
        ];
      });
  });
}

function promotions(repos: Repos, projectId: string, after: number): News {
  return repos.prompts.list(projectId).flatMap((prompt) =>
    repos.aliases
      .history(prompt.id, "production")
      .filter(({ createdAt, kind }) => createdAt > after && kind !== "initial")
      .map(({ toVersion, kind, actor }) => ({
        sentence:
          kind === "rollback"
            ? `${actor} rolled production back to v${toVersion}.`
            : `${actor} promoted v${toVersion} to production.`,
        href: `/p/${projectId}/prompts`,
        linkWords: "See it",
      })),
  );
}

function shortened(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 77).trimEnd()}…`;
}
