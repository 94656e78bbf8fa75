import "server-only";
import type { Review } from "@/db/repos/reviews.repo";
import type { ServiceDeps } from "../service-deps";

/** Whose work the words under review are: who launched the run or wrote them, and everybody who edited them here. */
export function authorsOf(
  repos: ServiceDeps["repos"],
  review: Pick<Review, "id" | "authorId" | "author">,
): { ids: string[]; names: string } {
  const people = new Map([[review.authorId, review.author]]);
  for (const { byId, by } of repos.reviews.edits(review.id)) people.set(byId, by);
  const names = [...people.values()];
  const last = names.at(-1) ?? "";
  return {
    ids: [...people.keys()],
    names: names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`,
  };
}
