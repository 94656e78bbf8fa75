import "server-only";
import type { Review } from "@/db/repos/reviews.repo";
import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import { audit } from "../audit";
import { actorId } from "../authorize";
import { contentHashOf } from "../prompts/new-version";
import type { ServiceDeps } from "../service-deps";
import { checkedComponents } from "./open-review";

interface WordsEdit {
  components: Record<string, string>;
  /** Hash of the words that the person started from. */
  expectedHash: string;
}

/**
 * Changes the words under review in their place. What was scored and who approved stay in the history, bound to the
 * words they were about; the gate counts neither for the new ones. Whoever edits is an author from then on.
 * Throws `edit-conflict` with the words as they are when somebody was faster, `conflict` while a look is under way.
 */
export function editWords(deps: ServiceDeps, actor: Actor, found: Review, input: WordsEdit): void {
  const { repos, now, newId } = deps;
  repos.transaction(() => {
    const review = repos.reviews.byId(found.id) ?? found;
    assertEditable(deps, review);
    if (review.contentHash !== input.expectedHash) throw wordsMoved(review);
    const latest = repos.prompts.latestVersion(review.promptId);
    const components = checkedComponents(input.components, latest);
    const toHash = contentHashOf({ components, layout: review.layout, modelConfig: review.modelConfig });
    if (toHash === review.contentHash) return;
    const who = { byId: actorId(actor), createdAt: now() };
    const edit = { id: newId("red"), reviewId: review.id, fromHash: review.contentHash, toHash, ...who };
    if (repos.reviews.edit(edit, components) === null) throw wordsMoved(review);
    audit(deps, actor, {
      projectId: review.projectId,
      action: "review-edited",
      subjectType: "review",
      subjectId: review.id,
      details: { fromHash: edit.fromHash, toHash },
    });
  });
}

function assertEditable({ repos }: ServiceDeps, review: Review): void {
  if (review.state === "promoted" || review.state === "declined") {
    throw new AppError(
      "conflict",
      `This review is ${review.state}, so its words stay as they are. Open a new one for a further change.`,
    );
  }
  const [look] = repos.evidence.listByReview(review.id);
  const job = look?.jobId ? repos.jobs.byId(look.jobId) : null;
  if (look?.result === null && job && ["queued", "running", "paused"].includes(job.state)) {
    throw new AppError(
      "conflict",
      "The sealed records are being scored with these words. Wait for the result, or cancel the look, then edit.",
    );
  }
}

function wordsMoved(review: Review): AppError {
  return new AppError(
    "edit-conflict",
    "Somebody edited these words while you wrote. Nothing of theirs was overwritten; your text is still here.",
    { extra: { current: { contentHash: review.contentHash, components: review.components } } },
  );
}
