import "server-only";
import type { EvidenceLook } from "@/db/repos/evidence.repo";
import type { AbCheck, Review } from "@/db/repos/reviews.repo";
import type { BlindAnswerInput, BlindPair, BlindResult, BlindSheet } from "@/lib/contracts/blind";
import { AppError } from "@/lib/contracts/errors";
import type { Actor, Permission } from "@/lib/contracts/permissions";
import { audit } from "../audit";
import { actorId, authorize, can } from "../authorize";
import { questionOf } from "../evidence/question-of";
import { authorsOf } from "../reviews/authors";
import type { ServiceDeps } from "../service-deps";
import { blindResultOf } from "./blind-result";
import { planPairs, sheetLength } from "./plan-pairs";

type Repos = ServiceDeps["repos"];

/** Fewer pairs say nothing. */
const FEWEST_PAIRS = 2;

/** Blind comparison: experts say which of two answers is better without being told which prompt wrote which. */
export function createBlindService(deps: ServiceDeps) {
  const { repos } = deps;
  return {
    /** Asks the experts to compare the answers of the newest look. Asking again changes nothing. */
    request: (actor: Actor, reviewId: string): void => {
      const review = find(deps, actor, "reviews:comment", reviewId);
      const look = lookToCompare(repos, review);
      assertOpen(review);
      if (sheetLength(look.result?.pairs ?? []) < FEWEST_PAIRS) throw nothingToCompare();
      repos.transaction(() => {
        if (repos.reviews.abRequest(look.id)) return;
        const who = { byId: actorId(actor), createdAt: deps.now() };
        repos.reviews.requestAb({ evidenceId: look.id, reviewId: review.id, ...who });
        const details = { look: look.look };
        audit(deps, actor, { ...subject(review), action: "blind-comparison-asked", details });
      });
    },

    /** The person's own sheet, empty until it is begun. */
    sheet: (actor: Actor, reviewId: string): BlindSheet => {
      const review = find(deps, actor, "labels:write", reviewId);
      return sheetOf(repos, actor, review, requestedLook(repos, review));
    },

    /** Draws the person's pairs, once: begun again it is the same sheet. */
    begin: (actor: Actor, reviewId: string): BlindSheet => {
      const review = find(deps, actor, "labels:write", reviewId);
      const look = requestedLook(repos, review);
      assertOpen(review);
      assertMayCompare(deps, actor, review);
      repos.transaction(() => {
        if (repos.reviews.abChecks(look.id, actorId(actor)).length > 0) return;
        repos.reviews.addAbChecks(newChecks(deps, actor, review, look));
      });
      return sheetOf(repos, actor, review, look);
    },

    /** The last choice of a pair stands, as long as the review is undecided. */
    answer: (actor: Actor, reviewId: string, checkId: string, input: BlindAnswerInput): BlindSheet => {
      const review = find(deps, actor, "labels:write", reviewId);
      const look = requestedLook(repos, review);
      assertOpen(review);
      const { choice, reason } = input;
      const mine = repos.reviews.abChecks(look.id, actorId(actor)).some(({ id }) => id === checkId);
      if (!mine) throw new AppError("not-found", "This pair is not on your sheet. Load the page again.");
      repos.reviews.answerAbCheck(checkId, actorId(actor), { choice, reason, at: deps.now() });
      return sheetOf(repos, actor, review, look);
    },
  };
}

/** What the blind comparison of a look says so far; null when nobody was asked. */
export function blindOf(
  repos: Repos,
  look: Pick<EvidenceLook, "id" | "result"> | undefined,
): BlindResult | null {
  const request = look ? repos.reviews.abRequest(look.id) : null;
  if (!look || !request) return null;
  const questions = new Map(look.result?.pairs.map(({ recordId, question }) => [recordId, question]));
  return blindResultOf({
    askedBy: request.by,
    askedAt: request.createdAt,
    checks: repos.reviews.abChecks(look.id),
    nameOf: (userId) => repos.users.byId(userId)?.name ?? "somebody who has left",
    questionOf: (recordId) => questions.get(recordId) ?? "",
  });
}

/** A comparison that was asked for and that this person can do and has not finished; null when there is none. */
export function blindWaitingFor(
  repos: Repos,
  projectId: string,
  userId: string,
): { reviewId: string; number: number; left: number } | null {
  for (const review of repos.reviews.list(projectId)) {
    if (review.state !== "open" && review.state !== "approved") continue;
    const [look] = repos.evidence.listByReview(review.id);
    if (!look?.result || !repos.reviews.abRequest(look.id)) continue;
    if (authorsOf(repos, review).ids.includes(userId)) continue;
    const mine = repos.reviews.abChecks(look.id, userId);
    const left = mine.length === 0 ? blindLength(look) : mine.filter(({ choice }) => choice === null).length;
    if (left > 0) return { reviewId: review.id, number: review.number, left };
  }
  return null;
}

/** How many pairs an expert would be asked about; 0 when there is nothing to compare. */
export function blindLength(look: Pick<EvidenceLook, "result"> | undefined): number {
  const length = sheetLength(look?.result?.pairs ?? []);
  return length < FEWEST_PAIRS ? 0 : length;
}

function newChecks(deps: ServiceDeps, actor: Actor, review: Review, look: EvidenceLook) {
  const createdAt = deps.now();
  const facts = { reviewId: review.id, evidenceId: look.id, userId: actorId(actor), createdAt };
  return planPairs(look.result?.pairs ?? [], look.id, facts.userId).map((pair, position) => ({
    id: deps.newId("abc"),
    ...facts,
    ...pair,
    position,
  }));
}

function sheetOf(repos: Repos, actor: Actor, review: Review, look: EvidenceLook): BlindSheet {
  const records = new Map(
    repos.snapshots.listForEvidence(look.snapshotId ?? "").map((record) => [record.recordId, record]),
  );
  const pairOf = ({
    id,
    recordId,
    firstOutput: first,
    secondOutput: second,
    choice,
    reason,
  }: AbCheck): BlindPair => {
    const record = records.get(recordId);
    return {
      id,
      question: questionOf(record?.inputs.messages ?? []),
      expected: record?.expectations.expected_response ?? "",
      mustMention: record?.expectations.facts ?? [],
      mustNever: record?.expectations.mustNever ?? [],
      first,
      second,
      choice,
      reason,
    };
  };
  return {
    reviewId: review.id,
    reviewNumber: review.number,
    projectId: review.projectId,
    promptName: repos.prompts.byId(review.promptId)?.name ?? "",
    askedBy: repos.reviews.abRequest(look.id)?.by ?? "",
    pairs: repos.reviews.abChecks(look.id, actorId(actor)).map(pairOf),
    total: sheetLength(look.result?.pairs ?? []),
  };
}

function find({ repos }: ServiceDeps, actor: Actor, permission: Permission, reviewId: string): Review {
  const review = repos.reviews.byId(reviewId);
  if (!review || !can(actor, "project:read", review.projectId))
    throw new AppError("not-found", "There is no such review.");
  authorize(actor, permission, review.projectId);
  if (actor.kind !== "user")
    throw new AppError("forbidden", "No API key compares answers: it takes a person who is signed in.");
  return review;
}

/** The newest look with a result about the words as they are now. */
function lookToCompare(repos: Repos, review: Review): EvidenceLook {
  const [look] = repos.evidence.listByReview(review.id);
  const isAboutTheseWords = look?.contentHash === null || look?.contentHash === review.contentHash;
  if (look?.result && isAboutTheseWords) return look;
  throw new AppError(
    "not-ready",
    "There are no answers to compare yet. Score the sealed records first; the experts compare those answers.",
  );
}

function requestedLook(repos: Repos, review: Review): EvidenceLook {
  const look = lookToCompare(repos, review);
  if (repos.reviews.abRequest(look.id)) return look;
  throw new AppError(
    "not-ready",
    "Nobody has asked for a blind comparison of these answers. It is asked for on the review's page.",
  );
}

function assertOpen({ state }: Review): void {
  if (state === "promoted" || state === "declined")
    throw new AppError("conflict", `This review is ${state} already, so nothing more is compared for it.`);
}

/** Who wrote the words would know them again. Alone in a project, that is better than nobody. */
function assertMayCompare({ repos }: ServiceDeps, actor: Actor, review: Review): void {
  const isAlone = repos.members.list(review.projectId).length <= 1;
  if (isAlone || !authorsOf(repos, review).ids.includes(actorId(actor))) return;
  throw new AppError(
    "forbidden",
    "You made this change, so you would know your own words again. Ask another expert to compare.",
  );
}

function nothingToCompare(): AppError {
  return new AppError(
    "not-ready",
    "Both prompts gave the same answers, so there is nothing for the experts to compare.",
  );
}

function subject({ projectId, id }: Review) {
  return { projectId, subjectType: "review", subjectId: id };
}
