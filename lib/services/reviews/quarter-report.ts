import "server-only";
import type { AliasEvent } from "@/db/repos/aliases.repo";
import type { Prompt } from "@/db/repos/prompts.repo";
import type { Review } from "@/db/repos/reviews.repo";
import type { Actor } from "@/lib/contracts/permissions";
import type { QuarterAct, QuarterReport } from "@/lib/contracts/quarter-report";
import { quarterBounds, quarterOf, quartersBetween } from "@/lib/util/quarter";
import { authorize } from "../authorize";
import { promptViewOf } from "../prompts/prompt-view";
import type { ServiceDeps } from "../service-deps";

const PRODUCTION = "production";

type Deps = Pick<ServiceDeps, "repos" | "now">;

/**
 * Promotions, declines, overrides, self-approvals and rollbacks of a quarter, from the history, which nobody can change.
 * @param quarter the present one when left out
 */
export function quarterReportOf(
  { repos, now }: Deps,
  actor: Actor,
  projectId: string,
  quarter?: string,
): QuarterReport {
  authorize(actor, "project:read", projectId);
  const wanted = quarter ?? quarterOf(now());
  const { from, until } = quarterBounds(wanted);
  const prompts = repos.prompts.list(projectId);
  const reviews = repos.reviews.list(projectId);
  const numbers = new Map(reviews.map(({ id, number }) => [id, number]));
  const acts = [
    ...prompts.flatMap((prompt) =>
      repos.aliases.history(prompt.id).map((event) => moveAct(prompt, event, numbers)),
    ),
    ...reviews.flatMap((review) => declineAct(review, prompts)),
  ].toSorted((a, b) => a.at - b.at);
  const shown = acts.filter(({ at }) => from <= at && at < until);
  const count = (isCounted: (act: QuarterAct) => boolean): number => shown.filter(isCounted).length;
  return {
    quarter: wanted,
    from,
    until,
    quarters: quartersBetween(acts[0]?.at ?? now(), now()),
    acts: shown,
    counts: {
      promotions: count(({ kind }) => kind === "promotion"),
      declines: count(({ kind }) => kind === "decline"),
      rollbacks: count(({ kind }) => kind === "rollback"),
      overrides: count(({ overridden }) => overridden),
      selfApprovals: count(({ selfApproved }) => selfApproved),
    },
    waiting: reviews.filter(({ state }) => state === "open" || state === "approved").length,
    inProduction: prompts.flatMap((prompt) => inProduction({ repos, now }, prompt)),
  };
}

function moveAct({ name }: Prompt, event: AliasEvent, numbers: ReadonlyMap<string, number>): QuarterAct {
  const { id, kind, createdAt, alias, fromVersion, toVersion, actor, reason, reviewId } = event;
  const number = reviewId === null ? undefined : numbers.get(reviewId);
  return {
    id,
    kind,
    at: createdAt,
    promptName: name,
    alias,
    fromVersion,
    toVersion,
    by: actor,
    reason,
    evidence: event.evidenceSentence,
    overridden: event.overridden,
    selfApproved: event.selfApproved,
    review: reviewId !== null && number !== undefined ? { id: reviewId, number } : null,
  };
}

function declineAct(
  { id, number, state, closedAt, closedBy, closeReason, promptId }: Review,
  prompts: readonly Prompt[],
): QuarterAct[] {
  if (state !== "declined" || closedAt === null) return [];
  return [
    {
      id,
      kind: "decline",
      at: closedAt,
      promptName: prompts.find((prompt) => prompt.id === promptId)?.name ?? "",
      alias: null,
      fromVersion: null,
      toVersion: null,
      by: closedBy ?? "",
      reason: closeReason ?? "",
      evidence: null,
      overridden: false,
      selfApproved: false,
      review: { id, number },
    },
  ];
}

function inProduction({ repos, now }: Deps, prompt: Prompt): QuarterReport["inProduction"] {
  const { aliases, history, evidenceAge, name } = promptViewOf(repos, prompt, now());
  const current = aliases.find(({ alias }) => alias === PRODUCTION);
  if (!current) return [];
  const event = history.find(
    ({ alias, toVersion, evidenceSentence }) =>
      alias === PRODUCTION && toVersion === current.version && evidenceSentence !== null,
  );
  return [
    {
      promptName: name,
      version: current.version,
      since: current.since,
      evidence: event?.evidenceSentence ?? null,
      evidenceAge,
    },
  ];
}
