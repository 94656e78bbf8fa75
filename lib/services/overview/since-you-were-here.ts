import "server-only";
import type { Overview } from "@/lib/contracts/overview";
import type { Actor } from "@/lib/contracts/permissions";
import { blindTraceIds } from "../labels/blind";
import { disagreementsOf } from "../labels/disagreements";
import { sourcesOf } from "../reviews/provenance";
import type { ServiceDeps } from "../service-deps";

type News = Overview["sinceYouWereHere"];
const SHOWN = 5;

/**
 * What came of this person's words, where others grade as they do not, and what moved: since the last visit, or ever on
 * the first one. Each of their reasons that a guideline cites is told once, with the guideline's text.
 */
export function newsSince(
  deps: Pick<ServiceDeps, "repos" | "now">,
  actor: Extract<Actor, { kind: "user" }>,
  projectId: string,
  since: number | null,
): News {
  const after = since ?? 0;
  return [
    ...yourWords(deps.repos, projectId, actor.userId, after),
    ...othersGrades(deps, actor, projectId, after),
    ...promotions(deps.repos, projectId, after),
  ].slice(0, SHOWN);
}

type Repos = ServiceDeps["repos"];

function yourWords(repos: Repos, projectId: string, userId: string, after: number): News {
  return repos.judges.list(projectId).flatMap((judge) => {
    const version = repos.judges.inUse(judge.id);
    if (version?.origin !== "aligned") return [];
    const mine = new Map(
      repos.labels
        .list(projectId, { judgeId: judge.id, authorId: userId })
        .map((label) => [label.id, label.reason.trim()]),
    );
    if (mine.size === 0) return [];
    const live = version.guidelines.some(({ sourceLabelIds }) => sourceLabelIds.some((id) => mine.has(id)))
      ? liveSources(repos, projectId)
      : [];
    return version.guidelines
      .filter(({ active }) => active)
      .flatMap(({ id, text, sourceLabelIds }) => {
        const words = sourceLabelIds
          .map((labelId) => mine.get(labelId))
          .find((reason) => reason !== undefined && reason !== "");
        if (!words) return [];
        const changed = live.find(({ guidelineIds }) => guidelineIds.includes(id));
        if (Math.max(version.createdAt, changed?.at ?? 0) <= after) return [];
        return [
          {
            sentence: `Your “${shortened(words)}” became the guideline “${shortened(text)}”${changed ? ` and changed ${sentencesOf(changed, id)} of v${changed.version}` : ""}.`,
            href: changed ? `/p/${projectId}/reviews/${changed.reviewId}` : `/p/${projectId}/judge`,
            linkWords: "See where",
          },
        ];
      });
  });
}

interface LiveSource {
  reviewId: string;
  version: number;
  /** When it went to production. */
  at: number;
  /** Of each sentence that a guideline stands behind; one for each of both. */
  guidelineIds: string[];
}

/** What stands behind the sentences that are in production now. */
function liveSources(repos: Repos, projectId: string): LiveSource[] {
  const reviews = repos.reviews.list(projectId);
  return repos.prompts.list(projectId).flatMap(({ id }) => {
    const alias = repos.aliases.get(id, "production");
    const review = alias && reviews.find(({ promotedVersionId }) => promotedVersionId === alias.versionId);
    if (!review) return [];
    const guidelineIds = sourcesOf(repos, review).flatMap(({ guidelines }) =>
      guidelines.map((guideline) => guideline.id),
    );
    return [{ reviewId: review.id, version: alias.version, at: alias.since, guidelineIds }];
  });
}

function sentencesOf({ guidelineIds }: LiveSource, guidelineId: string): string {
  const count = guidelineIds.filter((id) => id === guidelineId).length;
  return count === 1 ? "one sentence" : `${count} sentences`;
}

/** “Goal-line personnel”: you 4, another expert 2. Told when somebody's grade came since, and when it was settled. */
function othersGrades(
  deps: Pick<ServiceDeps, "repos" | "now">,
  actor: Extract<Actor, { kind: "user" }>,
  projectId: string,
  after: number,
): News {
  const { userId } = actor;
  const splits = disagreementsOf(deps, projectId, userId, blindTraceIds(deps, actor, projectId)).filter(
    ({ grades }) => grades.some(({ isMine }) => isMine),
  );
  const fresh = new Set(
    deps.repos.labels
      .list(projectId, { after, traceIds: splits.map(({ traceId }) => traceId) })
      .filter(({ author }) => author.id !== userId)
      .map(({ traceId }) => traceId),
  );
  const talk = { href: `/p/${projectId}/answers#disagreements`, linkWords: "Talk about it" };
  return splits.flatMap(({ traceId, question, grades, settled }) => {
    const mine = grades.find(({ isMine }) => isMine)?.shown ?? "";
    const title = `“${shortened(question)}”`;
    if (settled)
      return settled.at > after
        ? [{ sentence: `${title}: ${settled.by} settled it as ${settled.shown}; you gave ${mine}.`, ...talk }]
        : [];
    if (!fresh.has(traceId)) return [];
    const others = grades.filter(({ isMine }) => !isMine).map(({ shown }) => shown);
    const who = others.length === 1 ? "another expert" : "other experts";
    return [{ sentence: `${title}: you ${mine}, ${who} ${others.join(" and ")}.`, ...talk }];
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
