import "server-only";
import { and, asc, desc, eq, isNull, lte } from "drizzle-orm";
import type { Database } from "../client";
import type { StoredJson } from "../formats";
import { webhookDeliveries, webhooks } from "../schema/operations";

export interface Webhook {
  id: string;
  projectId: string;
  url: string;
  sealedSecret: string;
  events: string[];
  createdBy: string;
  createdAt: number;
}

export interface WebhookDelivery {
  id: string;
  webhookId: string;
  event: string;
  payload: StoredJson;
  state: "waiting" | "delivered" | "given-up";
  attempts: number;
  nextAt: number;
  lastStatus: number | null;
  lastError: string | null;
  deliveredAt: number | null;
  createdAt: number;
}

export class WebhooksRepo {
  constructor(private readonly database: Database) {}

  insert(webhook: Webhook): void {
    this.database.db.insert(webhooks).values(webhook).run();
  }

  /** Without removed ones. */
  list(projectId: string): Webhook[] {
    const filter = and(eq(webhooks.projectId, projectId), isNull(webhooks.removedAt));
    return this.database.db
      .select()
      .from(webhooks)
      .where(filter)
      .orderBy(asc(webhooks.createdAt))
      .all()
      .map(toWebhook);
  }

  byId(id: string): Webhook | null {
    return (
      this.database.db.select().from(webhooks).where(eq(webhooks.id, id)).all().map(toWebhook)[0] ?? null
    );
  }

  /** It gets nothing more; its deliveries stay as history, and those that wait are given up. */
  remove(id: string, at: number): void {
    this.database.transaction(() => {
      this.database.db.update(webhooks).set({ removedAt: at }).where(eq(webhooks.id, id)).run();
      const waiting = and(eq(webhookDeliveries.webhookId, id), eq(webhookDeliveries.state, "waiting"));
      this.database.db.update(webhookDeliveries).set({ state: "given-up" }).where(waiting).run();
    });
  }

  addDelivery(
    delivery: Pick<WebhookDelivery, "id" | "webhookId" | "event" | "payload" | "nextAt" | "createdAt">,
  ): void {
    this.database.db
      .insert(webhookDeliveries)
      .values({ ...delivery, state: "waiting" })
      .run();
  }

  delivery(id: string): WebhookDelivery | null {
    return (
      this.database.db.select().from(webhookDeliveries).where(eq(webhookDeliveries.id, id)).all()[0] ?? null
    );
  }

  /** A try is under way: until then no other is due. */
  lease(id: string, until: number): void {
    this.database.db
      .update(webhookDeliveries)
      .set({ nextAt: until })
      .where(eq(webhookDeliveries.id, id))
      .run();
  }

  /** Waits again, whatever came of it. What was tried stays counted. */
  sendAgain(id: string, at: number): void {
    this.database.db
      .update(webhookDeliveries)
      .set({ state: "waiting", nextAt: at, deliveredAt: null })
      .where(eq(webhookDeliveries.id, id))
      .run();
  }

  /** Nothing that waits is sent any more, until somebody sends it again by hand. */
  giveUpWaiting(): number {
    return this.database.db
      .update(webhookDeliveries)
      .set({ state: "given-up", lastError: "Given up when a copy of the data was restored." })
      .where(eq(webhookDeliveries.state, "waiting"))
      .run().changes;
  }

  /** Waiting ones whose time has come, the longest waiting first. */
  due(now: number, limit: number): WebhookDelivery[] {
    const isDue = and(eq(webhookDeliveries.state, "waiting"), lte(webhookDeliveries.nextAt, now));
    return this.database.db
      .select()
      .from(webhookDeliveries)
      .where(isDue)
      .orderBy(asc(webhookDeliveries.nextAt))
      .limit(limit)
      .all();
  }

  /** What came of one attempt; `nextAt` null = there is no further one. */
  noteAttempt(
    id: string,
    attempt: {
      status: number | null;
      error: string | null;
      delivered: boolean;
      nextAt: number | null;
      at: number;
    },
  ): void {
    this.database.transaction(() => {
      const key = eq(webhookDeliveries.id, id);
      const current = this.database.db.select().from(webhookDeliveries).where(key).all()[0];
      if (!current) return;
      const { status, error, delivered, nextAt, at } = attempt;
      this.database.db
        .update(webhookDeliveries)
        .set({
          attempts: current.attempts + 1,
          lastStatus: status,
          lastError: error,
          state: delivered ? "delivered" : nextAt === null ? "given-up" : "waiting",
          nextAt: nextAt ?? current.nextAt,
          deliveredAt: delivered ? at : null,
        })
        .where(key)
        .run();
    });
  }

  /** Newest first. */
  deliveries(webhookId: string, limit: number): WebhookDelivery[] {
    const ofWebhook = eq(webhookDeliveries.webhookId, webhookId);
    return this.database.db
      .select()
      .from(webhookDeliveries)
      .where(ofWebhook)
      .orderBy(desc(webhookDeliveries.createdAt))
      .limit(limit)
      .all();
  }
}

function toWebhook({ removedAt: _, ...row }: typeof webhooks.$inferSelect): Webhook {
  return row;
}
