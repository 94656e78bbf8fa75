import "server-only";
import type { EvidenceLook } from "@/db/repos/evidence.repo";
import type { Review } from "@/db/repos/reviews.repo";
import { scaleSchema } from "@/lib/contracts/judges";
import type { RolloutJudge } from "@/lib/rollouts/types";
import { blindOf } from "../blind/blind.service";
import { judgesOfLook } from "../evidence/evidence-job";
import { aliasEventViewOf, versionViewOf } from "../prompts/prompt-view";
import { authorsOf } from "../reviews/authors";
import { reviewViewOf } from "../reviews/review-view";
import { judgesOf } from "../runs/run-frame";
import { runViewOf } from "../runs/run-snapshot";
import type { ServiceDeps } from "../service-deps";
import { BUNDLE_FORMAT, type Bundle, type BundleLook, bundleSchema } from "./bundle-format";

type Deps = Pick<ServiceDeps, "repos" | "now">;

/** Everything that the figures of a review's card need, for whoever wants to compute them again elsewhere. */
export function buildBundle(deps: Deps, review: Review): Bundle {
  const { repos, now } = deps;
  const project = repos.projects.byId(review.projectId);
  const prompt = repos.prompts.byId(review.promptId);
  if (!project || !prompt) throw new Error("The project of this review does not exist any more.");
  const view = reviewViewOf(repos, { kind: "system", name: "bundle" }, review);
  const looks = repos.evidence.listByReview(review.id).toReversed();
  // What the newest look compared with, else what it would replace.
  const baseline = repos.prompts.versionById(
    looks.at(-1)?.baselineVersionId ?? view.baseline?.versionId ?? "",
  );
  return bundleSchema.parse({
    format: BUNDLE_FORMAT,
    v: 1,
    madeAt: now(),
    simulated: view.simulated,
    project: { id: project.id, name: project.name, about: project.about },
    prompt: { id: prompt.id, name: prompt.name },
    review: { ...review, ...reviewFacts(deps, review), edits: view.edits },
    baseline,
    looks: looks.map((look) => lookOf(deps, review, look)),
    approvals: repos.reviews
      .approvals(review.id)
      .map(({ createdAt: at, reviewId: _, ...approval }) => ({ ...approval, at })),
    promotion: promotionOf(deps, review),
    checks: view.checks,
    comments: view.comments,
    sources: view.sources,
    practice: view.practice,
    run: runOf(deps, review),
  });
}

function reviewFacts(
  { repos }: Deps,
  review: Review,
): Pick<Bundle["review"], "authors" | "openedAt" | "closed"> {
  const { closedBy, closeReason, closedAt, createdAt } = review;
  return {
    authors: authorsOf(repos, review).ids.map((id) => ({ id, name: repos.users.byId(id)?.name ?? id })),
    openedAt: createdAt,
    closed: closedAt === null ? null : { by: closedBy ?? "", reason: closeReason ?? "", at: closedAt },
  };
}

function lookOf(deps: Deps, review: Review, look: EvidenceLook): BundleLook {
  const { repos } = deps;
  const owner = { kind: "evidence", id: look.id } as const;
  return {
    id: look.id,
    look: look.look,
    boughtBy: look.createdBy,
    boughtAt: look.createdAt,
    contentHash: look.contentHash ?? review.contentHash,
    baselineVersion: repos.prompts.versionById(look.baselineVersionId ?? "")?.version ?? null,
    simulated: look.simulated,
    models: look.models,
    judges: judgesOfLook(deps, review, look).map((judge) => judgeOf(deps, judge)),
    records: repos.snapshots.listForEvidence(look.snapshotId ?? ""),
    readings: repos.rollouts
      .listByOwner(owner)
      .map(({ candidateId, ...reading }) => ({ ...reading, side: sideOf(candidateId) })),
    calls: look.jobId === null ? [] : repos.paidCalls.totals(look.jobId),
    result: look.result,
    acceptances: repos.reviews
      .regressionAcceptances(look.id)
      .map(({ recordId, reason, by, createdAt: at }) => ({ recordId, reason, by, at })),
    blind: blindChecksOf(deps, look),
  };
}

function sideOf(candidateId: string): "baseline" | "candidate" {
  return candidateId === "baseline" ? "baseline" : "candidate";
}

function judgeOf({ repos }: Deps, { snapshot, weight }: RolloutJudge): BundleLook["judges"][number] {
  const version = repos.judges.versionById(snapshot.versionId);
  if (!version) throw new Error("A judge version of this look does not exist any more.");
  const { guidelines, anchors, instructions } = version;
  const { versionId, name, goodEnough } = snapshot;
  const scale = scaleSchema.parse(snapshot.scale);
  return {
    versionId,
    name,
    version: version.version,
    weight,
    scale,
    goodEnough,
    guidelines,
    anchors,
    instructions,
  };
}

function blindChecksOf({ repos }: Deps, look: EvidenceLook): BundleLook["blind"] {
  const result = blindOf(repos, look);
  if (!result) return null;
  const nameOf = (id: string): string => repos.users.byId(id)?.name ?? "somebody who has left";
  return {
    askedBy: result.askedBy,
    askedAt: result.askedAt,
    checks: repos.reviews
      .abChecks(look.id)
      .map(({ userId, recordId, position, candidateFirst, swappedDuplicate, choice, reason }) => ({
        expert: nameOf(userId),
        recordId,
        position,
        candidateFirst,
        swappedDuplicate,
        choice,
        reason,
      })),
    result,
  };
}

function promotionOf({ repos }: Deps, review: Review): Bundle["promotion"] {
  const event = repos.aliases.history(review.promptId).find(({ reviewId }) => reviewId === review.id);
  const version = event ? repos.prompts.versionById(event.toVersionId) : null;
  return event && version ? { event: aliasEventViewOf(event), version: versionViewOf(version) } : null;
}

function runOf(deps: Deps, review: Review): Bundle["run"] {
  const { repos } = deps;
  const run = review.runId === null ? null : repos.runs.byId(review.runId);
  if (!run || review.candidateId === null) return null;
  const view = runViewOf(repos, run);
  return {
    id: run.id,
    number: run.number,
    launchedBy: review.author,
    manifest: run.manifest,
    startingScores: scoresOn(view.valset, view.scores[view.seedCandidateId ?? ""]),
    candidateScores: scoresOn(view.valset, view.scores[review.candidateId]),
    judges: judgesOf(deps, run.manifest).map(({ snapshot: { versionId, scale, goodEnough }, weight }) => ({
      versionId,
      scale: scaleSchema.parse(scale),
      goodEnough,
      weight,
    })),
    events: repos.runEvents
      .listAfter(run.id, 0, Number.MAX_SAFE_INTEGER)
      .map(({ seq, body }) => ({ seq, ...body })),
  };
}

function scoresOn(
  valset: readonly string[],
  scores: Readonly<Record<string, number | null>> = {},
): Record<string, number | null> {
  return Object.fromEntries(valset.map((id) => [id, scores[id] ?? null]));
}
