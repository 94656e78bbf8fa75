import "server-only";
import type { Alias } from "@/db/repos/aliases.repo";
import type { PromptVersion } from "@/db/repos/prompts.repo";
import type { Review } from "@/db/repos/reviews.repo";
import type { Actor } from "@/lib/contracts/permissions";
import { aboutSchema } from "@/lib/contracts/projects";
import type { ReviewView } from "@/lib/contracts/reviews";
import { actorId, can } from "../authorize";
import { blindLength, blindOf } from "../blind/blind.service";
import { evidenceOfferOf } from "../evidence/evidence-offer";
import { baselineOf } from "../evidence/evidence-plan";
import { evidenceViewOf } from "../evidence/evidence-view";
import { countedApprovals, type GateFacts, gateOf } from "../gate/gate-of";
import { loadGateFacts } from "../gate/load-gate-facts";
import { readersOf } from "../prompts/prompt-view";
import type { ServiceDeps } from "../service-deps";
import { practiceResults } from "./practice-results";
import { sourcesOf } from "./provenance";
import { checksOf } from "./review-checks";
import { textOf } from "./review-text";

type Repos = ServiceDeps["repos"];

/** Everything that the decision rests on, for this person. Texts of sealed records come only with bought evidence. */
export function reviewViewOf(repos: Repos, actor: Actor, review: Review): ReviewView {
  const { projectId, promptId } = review;
  const facts = loadGateFacts(repos, actor, review);
  const promotion = promotionOf(repos, review);
  const current = repos.aliases.get(promptId, facts.targetAlias);
  const baseline = replacedVersion(repos, review, facts.targetAlias);
  const run = review.runId === null ? null : repos.runs.byId(review.runId);
  const evidence = evidenceViewOf(repos, review);
  const looks = repos.evidence.listByReview(review.id);
  const { id, number, state, runId, candidateId, components, simulated, createdAt, contentHash } = review;
  return {
    id,
    projectId,
    number,
    state,
    promptId,
    promptName: repos.prompts.byId(promptId)?.name ?? "",
    runId,
    runNumber: run?.number ?? null,
    candidateId,
    author: facts.authorName,
    about: repos.projects.byId(projectId)?.about ?? aboutSchema.parse({}),
    baseline: baseline && baselineViewOf(baseline, current),
    currentVersion: current?.version ?? null,
    text: textOf(review),
    components,
    layout: review.layout,
    edits: repos.reviews
      .edits(id)
      .map(({ by, createdAt: at, fromHash, toHash }) => ({ by, at, fromHash, toHash })),
    contentHash,
    nextVersion: nextVersionOf(repos, review),
    decisionSentence: decisionSentence(repos, review, facts.targetAlias),
    sealedCount: repos.records.counts(projectId).sealed,
    evidence,
    looks: looks.length,
    checks: checksOf(repos, review, baseline),
    sources: sourcesOf(repos, review),
    judge: judgeOf(repos, review),
    practice: practiceResults(repos, review),
    comments: commentsOf(repos, id),
    gate: gateOf(facts),
    simulated: evidence?.simulated ?? simulated,
    declined: state === "declined" ? { by: review.closedBy ?? "", reason: review.closeReason ?? "" } : null,
    createdAt,
    offer: evidenceOfferOf(repos, review),
    blind: blindOf(repos, looks[0]),
    blindPairs: blindLength(looks[0]),
    you: youOf(actor, review, facts),
    promotion,
    readers: readersOf(repos, promptId),
  };
}

function baselineViewOf(
  { id, version, text, components }: PromptVersion,
  current: Alias | null,
): ReviewView["baseline"] {
  return {
    versionId: id,
    version,
    text,
    components,
    since: current?.versionId === id ? current.since : null,
  };
}

/** Oldest first. */
function commentsOf(repos: Repos, reviewId: string): ReviewView["comments"] {
  return repos.reviews
    .comments(reviewId)
    .map(({ id, author, text, line, kind, createdAt }) => ({ id, author, text, line, kind, createdAt }));
}

/** The number that these words have or will get: the same content is never registered twice. */
function nextVersionOf(repos: Repos, { promptId, contentHash }: Review): number {
  return (
    repos.prompts.versionByHash(promptId, contentHash)?.version ??
    (repos.prompts.latestVersion(promptId)?.version ?? 0) + 1
  );
}

/** The decision in one sentence: what is replaced, and what stays. */
export function decisionSentence(repos: Repos, review: Review, targetAlias: string): string {
  const place = targetAlias === "production" ? "in production" : `at ${targetAlias}`;
  const current = repos.aliases.get(review.promptId, targetAlias);
  const next = nextVersionOf(repos, review);
  const promotion = promotionOf(repos, review);
  if (promotion) {
    const over =
      promotion.fromVersion === null ? "as the first version" : `in the place of v${promotion.fromVersion}`;
    return `v${promotion.version} went ${promotion.alias === "production" ? "into production" : `to ${promotion.alias}`} ${over}.`;
  }
  if (review.state === "declined")
    return `Declined. ${current ? `v${current.version} is still ${place}` : `Nothing is ${place}`}.`;
  if (repos.prompts.versionById(current?.versionId ?? "")?.contentHash === review.contentHash)
    return `No candidate was better: these are the words of v${current?.version}, ${place} already. Production is unchanged.`;
  const what = "You approve the words below. Model, tools and data stay as they are.";
  return current
    ? `Replaces v${current.version} ${place}. ${what}`
    : `Becomes v${next}, the first version ${place}. ${what}`;
}

/** What the change replaces: of a promoted one what it did replace, else what the alias points at now. */
function replacedVersion(repos: Repos, review: Review, alias: string): PromptVersion | null {
  if (review.state !== "promoted") return baselineOf(repos, review.promptId, alias);
  const event = repos.aliases.history(review.promptId).find(({ reviewId }) => reviewId === review.id);
  return event?.fromVersionId ? repos.prompts.versionById(event.fromVersionId) : null;
}

function promotionOf(repos: Repos, review: Review): ReviewView["promotion"] {
  if (review.state !== "promoted") return null;
  const event = repos.aliases.history(review.promptId).find(({ reviewId }) => reviewId === review.id);
  if (!event) return null;
  const { toVersion, fromVersion, alias, createdAt, actor, reason, selfApproved, overridden } = event;
  const isCurrent = repos.aliases.get(review.promptId, alias)?.versionId === event.toVersionId;
  return {
    version: toVersion,
    fromVersion,
    alias,
    at: createdAt,
    by: actor,
    reason,
    selfApproved,
    overridden,
    isCurrent,
  };
}

/** The judge of the evidence, else of the run, with its agreement on answers that it had not seen. */
function judgeOf(repos: Repos, review: Review): ReviewView["judge"] {
  const [look] = repos.evidence.listByReview(review.id);
  const run = review.runId === null ? null : repos.runs.byId(review.runId);
  const inUse = repos.judges.list(review.projectId).flatMap(({ id }) => repos.judges.inUse(id)?.id ?? []);
  const versionId = look?.judgeVersionIds[0] ?? run?.manifest.judges[0]?.judgeVersionId ?? inUse[0];
  const [version] = versionId === undefined ? [] : repos.judges.versionsByIds([versionId]);
  const judge = version ? repos.judges.byId(version.judgeId) : null;
  if (!version || !judge) return null;
  const alignment = version.alignmentId === null ? null : repos.alignments.byId(version.alignmentId);
  return { name: judge.name, version: version.version, agreement: alignment?.after ?? null };
}

function youOf(actor: Actor, review: Review, facts: GateFacts): ReviewView["you"] {
  const { projectId } = review;
  const self = actorId(actor);
  const isAuthor = facts.authorIds.includes(self);
  const counted = countedApprovals(facts);
  const hasApproved = counted.some(({ byId }) => byId === self);
  const mayApprove = can(actor, "reviews:approve", projectId) && (!isAuthor || facts.isSelfApprovalOffered);
  const needed = facts.isSelfApprovalOffered ? 1 : facts.quorum;
  return {
    isAuthor,
    hasApproved,
    mayApprove,
    mayPromote: can(actor, "prompts:promote", projectId),
    mayBuyEvidence: can(actor, "reviews:write", projectId),
    mayEdit:
      actor.kind === "user" &&
      can(actor, "reviews:write", projectId) &&
      (review.state === "open" || review.state === "approved"),
    mayComment: can(actor, "reviews:comment", projectId),
    mayCompare:
      actor.kind === "user" &&
      can(actor, "labels:write", projectId) &&
      (!isAuthor || facts.isSelfApprovalOffered),
    mayOverride: facts.mayOverride,
    completesApprovals: mayApprove && !hasApproved && counted.length === needed - 1,
  };
}
