import "server-only";
import { and, desc, eq } from "drizzle-orm";
import type { Database } from "../client";
import { userPlaces } from "../schema/projects";

export interface Place {
  projectId: string;
  path: string;
  seenAt: number;
  /** End of the visit before this one: news are told since then. Null during the first visit. */
  previousSeenAt: number | null;
}

/** After this long without a page a person counts as having been away. */
const VISIT_GAP_MS = 30 * 60_000;

export class PlacesRepo {
  constructor(private readonly database: Database) {}

  get(userId: string, projectId: string): Place | null {
    return this.places(userId).find((place) => place.projectId === projectId) ?? null;
  }

  /** Where the person was last, in any project. */
  last(userId: string): Place | null {
    return this.places(userId)[0] ?? null;
  }

  /** Notes a page view; after half an hour away a new visit begins. */
  touch(userId: string, projectId: string, path: string, at: number): void {
    this.database.transaction(() => {
      const known = this.get(userId, projectId);
      const isNewVisit = known !== null && at - known.seenAt > VISIT_GAP_MS;
      const previousSeenAt = isNewVisit ? known.seenAt : (known?.previousSeenAt ?? null);
      this.database.db
        .insert(userPlaces)
        .values({ userId, projectId, path, seenAt: at, previousSeenAt, createdAt: at })
        .onConflictDoUpdate({
          target: [userPlaces.userId, userPlaces.projectId],
          set: { path, seenAt: at, previousSeenAt },
        })
        .run();
    });
  }

  private places(userId: string): Place[] {
    const { projectId, path, seenAt, previousSeenAt } = userPlaces;
    return this.database.db
      .select({ projectId, path, seenAt, previousSeenAt })
      .from(userPlaces)
      .where(and(eq(userPlaces.userId, userId)))
      .orderBy(desc(seenAt))
      .all();
  }
}
