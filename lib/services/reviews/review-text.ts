import "server-only";
import type { Review } from "@/db/repos/reviews.repo";

/** The text that an agent would use: components in the order of the layout, a blank line between. */
export function textOf({ components, layout }: Pick<Review, "components" | "layout">): string {
  return layout.map((name) => components[name] ?? "").join("\n\n");
}
