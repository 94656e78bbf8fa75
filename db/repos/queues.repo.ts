import "server-only";
import { and, desc, eq, getTableColumns, sql } from "drizzle-orm";
import type { askOrders, labelPurposes } from "@/lib/contracts/labels";
import type { cannotJudgeReasons } from "@/lib/contracts/word-lists";
import type { Database } from "../client";
import {
  labelItems,
  labelQueueAssignees,
  labelQueues,
  labelReservations,
  labelSkips,
} from "../schema/labels";
import { actorName, written } from "./common";

export interface Queue {
  id: string;
  projectId: string;
  judgeId: string;
  evaluationId: string | null;
  name: string;
  purpose: (typeof labelPurposes)[number];
  expertsPerItem: number;
  askOrder: (typeof askOrders)[number];
  closedAt: number | null;
  createdBy: string;
  createdAt: number;
}

export interface QueueItem {
  id: string;
  queueId: string;
  traceId: string;
  /** Counts from 1. */
  position: number;
}

/** An item that a person may still label, best first. */
export interface OpenItem extends QueueItem {
  recordId: string;
  /** People who have labelled it or hold it now, this person not counted. */
  taken: number;
  heldByMe: boolean;
  /** This person said *Later*. */
  putOff: boolean;
}

export interface QueueProgress {
  total: number;
  doneByMe: number;
  /** Items that this person can still label. */
  leftForMe: number;
  /** Labels by anybody, counted up to the experts that each item wants. */
  doneByTeam: number;
}

export type SkipHow = "later" | (typeof cannotJudgeReasons)[number];

const { createdBy: _createdBy, ...facts } = getTableColumns(labelQueues);
const columns = { ...facts, createdBy: actorName("label_queues", "created_by") };

export class QueuesRepo {
  constructor(private readonly database: Database) {}

  /** Makes a queue of these traces, asked in this order. */
  insert(
    queue: Omit<Queue, "closedAt" | "createdBy" | "askOrder"> &
      Partial<Pick<Queue, "askOrder">> & { actorId: string },
    items: readonly { id: string; traceId: string }[],
  ): Queue {
    const { actorId, ...values } = queue;
    return this.database.transaction(() => {
      this.database.db
        .insert(labelQueues)
        .values({ ...values, createdBy: actorId })
        .run();
      this.addItems(queue.id, items, queue.createdAt);
      return written(this.byId(queue.id));
    });
  }

  /** At the end of the queue; a trace that is in it already is left out. */
  addItems(queueId: string, items: readonly { id: string; traceId: string }[], at: number): void {
    const { db, transaction } = this.database;
    transaction(() => {
      let position = this.items(queueId).length;
      for (const item of items) {
        const added = db
          .insert(labelItems)
          .values({ ...item, queueId, position: position + 1, createdAt: at })
          .onConflictDoNothing()
          .run();
        position += added.changes;
      }
    });
  }

  byId(id: string): Queue | null {
    return this.database.db.select(columns).from(labelQueues).where(eq(labelQueues.id, id)).all()[0] ?? null;
  }

  /** Newest first. */
  list(projectId: string): Queue[] {
    const ofProject = eq(labelQueues.projectId, projectId);
    return this.database.db
      .select(columns)
      .from(labelQueues)
      .where(ofProject)
      .orderBy(desc(labelQueues.createdAt))
      .all();
  }

  update(
    id: string,
    changes: Partial<Pick<Queue, "name" | "expertsPerItem" | "askOrder" | "closedAt">>,
  ): void {
    if (Object.keys(changes).length === 0) return;
    this.database.db.update(labelQueues).set(changes).where(eq(labelQueues.id, id)).run();
  }

  /** Who is asked, instead of who was; none = everybody who may label. */
  assign(queueId: string, userIds: readonly string[], at: number): void {
    const { db, transaction } = this.database;
    transaction(() => {
      db.delete(labelQueueAssignees).where(eq(labelQueueAssignees.queueId, queueId)).run();
      for (const userId of new Set(userIds))
        db.insert(labelQueueAssignees).values({ queueId, userId, createdAt: at }).run();
    });
  }

  /** Who is asked, with how many of its answers each has labelled; by name. */
  assignees(queueId: string): { id: string; name: string; done: number }[] {
    return this.database.db.all(sql`
      select u.id, u.name, (
        select count(distinct l.trace_id) from labels l
        join label_queues q on q.id = ${queueId} and q.judge_id = l.judge_id
        where l.author_id = u.id and l.superseded_by is null and l.withdrawn_at is null
          and l.trace_id in (select trace_id from label_items where queue_id = ${queueId})
      ) as done
      from label_queue_assignees a join "user" u on u.id = a.user_id
      where a.queue_id = ${queueId} order by u.name`);
  }

  /** In the order of asking. */
  items(queueId: string): QueueItem[] {
    const { id, traceId, position } = labelItems;
    return this.database.db
      .select({ id, queueId: labelItems.queueId, traceId, position })
      .from(labelItems)
      .where(eq(labelItems.queueId, queueId))
      .orderBy(position)
      .all();
  }

  itemById(itemId: string): QueueItem | null {
    const { createdAt: _, ...itemColumns } = getTableColumns(labelItems);
    return (
      this.database.db.select(itemColumns).from(labelItems).where(eq(labelItems.id, itemId)).all()[0] ?? null
    );
  }

  itemOf(queueId: string, traceId: string): QueueItem | null {
    const { createdAt: _, ...itemColumns } = getTableColumns(labelItems);
    const isIt = and(eq(labelItems.queueId, queueId), eq(labelItems.traceId, traceId));
    return this.database.db.select(itemColumns).from(labelItems).where(isIt).all()[0] ?? null;
  }

  /**
   * What this person can label now, if they are asked at all: not labelled by them, not refused by them, with room for one more expert.
   * The one they hold comes first, what they put off last, else the order of the queue.
   */
  openItems(queueId: string, userId: string, now: number): OpenItem[] {
    return this.selectOpen(queueId, userId, now, null);
  }

  /** Holds an item for a person until `expiresAt`; false when it has no room left for them. Prolongs what they hold. */
  reserve(itemId: string, userId: string, expiresAt: number, now: number): boolean {
    const { db, transaction } = this.database;
    return transaction(() => {
      const item = this.itemById(itemId);
      if (item === null || this.selectOpen(item.queueId, userId, now, itemId).length === 0) return false;
      db.insert(labelReservations)
        .values({ itemId, userId, expiresAt, createdAt: now })
        .onConflictDoUpdate({
          target: [labelReservations.itemId, labelReservations.userId],
          set: { expiresAt },
        })
        .run();
      return true;
    });
  }

  /** After a commit, a skip or a leave. A late commit needs no reservation. */
  release(itemId: string, userId: string): void {
    const key = and(eq(labelReservations.itemId, itemId), eq(labelReservations.userId, userId));
    this.database.db.delete(labelReservations).where(key).run();
  }

  /** Puts an item behind the others for this person, or takes it off their list for good; lets go of it. */
  skip(itemId: string, userId: string, how: SkipHow, at: number): void {
    this.database.transaction(() => {
      this.database.db
        .insert(labelSkips)
        .values({ itemId, userId, how, createdAt: at })
        .onConflictDoUpdate({ target: [labelSkips.itemId, labelSkips.userId], set: { how, createdAt: at } })
        .run();
      this.release(itemId, userId);
    });
  }

  /** Who could not judge what, and why: hints that a record needs mending. */
  skips(queueId: string): { itemId: string; userId: string; how: SkipHow; createdAt: number }[] {
    return this.database.db
      .select(getTableColumns(labelSkips))
      .from(labelSkips)
      .innerJoin(labelItems, eq(labelItems.id, labelSkips.itemId))
      .where(eq(labelItems.queueId, queueId))
      .all();
  }

  progress(queueId: string, userId: string, now: number): QueueProgress {
    const [row] = this.database.db.all<{ total: number; mine: number; team: number }>(sql`
      select count(*) as total, coalesce(sum(mine > 0), 0) as mine, coalesce(sum(min(people, experts)), 0) as team
      from (
        select q.experts_per_item as experts,
          count(distinct l.author_id) as people,
          count(distinct case when l.author_id = ${userId} then 1 end) as mine
        from label_items i
        join label_queues q on q.id = i.queue_id
        left join labels l on l.trace_id = i.trace_id and l.judge_id = q.judge_id
          and l.superseded_by is null and l.withdrawn_at is null
        where i.queue_id = ${queueId}
        group by i.id
      )`);
    const { total, mine, team } = written(row);
    return {
      total,
      doneByMe: mine,
      leftForMe: this.openItems(queueId, userId, now).length,
      doneByTeam: team,
    };
  }

  /** Answers of the queue that a person has labelled. */
  doneBy(queueId: string, userId: string): number {
    const [row] = this.database.db.all<{ done: number }>(sql`
      select count(distinct l.trace_id) as done from labels l
      join label_queues q on q.id = ${queueId} and q.judge_id = l.judge_id
      where l.author_id = ${userId} and l.superseded_by is null and l.withdrawn_at is null
        and l.trace_id in (select trace_id from label_items where queue_id = ${queueId})`);
    return written(row).done;
  }

  /** Of one item alone where `itemId` names it. */
  private selectOpen(queueId: string, userId: string, now: number, itemId: string | null): OpenItem[] {
    const rows = this.database.db.all<{
      id: string;
      traceId: string;
      recordId: string;
      position: number;
      experts: number;
      taken: number;
      held: number;
      how: SkipHow | null;
      mine: number;
    }>(sql`
      with live as materialized (
        select l.trace_id, l.author_id from labels l
        join label_queues q on q.id = ${queueId} and q.judge_id = l.judge_id
        where l.superseded_by is null and l.withdrawn_at is null
          and l.trace_id in (
            select trace_id from label_items where queue_id = ${queueId} and (${itemId} is null or id = ${itemId})
          )
      )
      select i.id, i.trace_id as traceId, t.record_id as recordId, i.position, q.experts_per_item as experts, s.how,
        exists (select 1 from live where live.trace_id = i.trace_id and live.author_id = ${userId}) as mine,
        exists (select 1 from label_reservations r
          where r.item_id = i.id and r.user_id = ${userId} and r.expires_at > ${now}) as held,
        (select count(*) from (
          select author_id from live where live.trace_id = i.trace_id and live.author_id <> ${userId}
          union
          select r.user_id from label_reservations r
            where r.item_id = i.id and r.expires_at > ${now} and r.user_id <> ${userId}
        )) as taken
      from label_items i
      join label_queues q on q.id = i.queue_id
      join traces t on t.id = i.trace_id
      left join label_skips s on s.item_id = i.id and s.user_id = ${userId}
      where i.queue_id = ${queueId} and (${itemId} is null or i.id = ${itemId}) and q.closed_at is null
        and (not exists (select 1 from label_queue_assignees a where a.queue_id = q.id)
          or exists (select 1 from label_queue_assignees a where a.queue_id = q.id and a.user_id = ${userId}))
      order by held desc, s.created_at is not null, s.created_at, i.position`);
    return rows
      .filter(
        (row) =>
          row.mine === 0 &&
          (row.how === null || row.how === "later") &&
          (row.held === 1 || row.taken < row.experts),
      )
      .map(({ held, how, id, traceId, recordId, position, taken }) => {
        const mine = { heldByMe: held === 1, putOff: how === "later" };
        return { id, queueId, traceId, recordId, position, taken, ...mine };
      });
  }
}
