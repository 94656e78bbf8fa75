import type { LabelItem } from "@/lib/contracts/labels";
import type { LabelDraft } from "./label-form";

/** Items fetched ahead, so that the next one is there when a key is pressed. */
export const FETCHED_AHEAD = 2;

/** A label that this page has saved and can take back. */
export interface SavedItem {
  item: LabelItem;
  draft: LabelDraft;
  /** Key of the commit. */
  key: string;
}

/** What the label page has in hand. */
export interface LabelSession {
  current: LabelItem | null;
  upcoming: readonly LabelItem[];
  /** The server has nothing beyond what is in hand. */
  isDry: boolean;
  /** Put off, and the server may not know yet. */
  puttingOff: number;
  /** Own labels in this queue. */
  done: number;
  /** Own labels, and what is left for this person. */
  total: number;
  past: readonly SavedItem[];
}

export type LabelSessionEvent =
  | { type: "fetched"; item: LabelItem | null }
  | { type: "saved"; saved: SavedItem }
  | { type: "put-off" }
  | { type: "more-to-come" }
  | { type: "not-judged" }
  | { type: "brought-back" }
  | { type: "undone"; key: string };

/** The session as the page begins. */
export function beginSession(
  item: LabelItem | null,
  progress: { doneByMe: number; leftForMe: number },
): LabelSession {
  const { doneByMe, leftForMe } = progress;
  return {
    current: item,
    upcoming: [],
    isDry: item === null,
    puttingOff: 0,
    done: doneByMe,
    total: doneByMe + leftForMe,
    past: [],
  };
}

export function labelSessionReducer(session: LabelSession, event: LabelSessionEvent): LabelSession {
  switch (event.type) {
    case "fetched":
      return fetched(session, event.item);
    case "saved":
      return { ...advance(session), done: session.done + 1, past: [...session.past, event.saved] };
    case "put-off":
      return { ...advance(session), puttingOff: session.puttingOff + 1 };
    case "more-to-come":
      return { ...session, isDry: false, puttingOff: Math.max(0, session.puttingOff - 1) };
    case "not-judged":
      return { ...advance(session), total: session.total - 1 };
    case "brought-back":
      return { ...session, total: session.total + 1, isDry: false };
    case "undone":
      return undone(session, event.key);
  }
}

function fetched(session: LabelSession, item: LabelItem | null): LabelSession {
  if (item === null) return { ...session, isDry: true };
  if (itemsInHand(session).includes(item.itemId)) return session;
  if (session.current === null) return { ...session, current: item };
  return { ...session, upcoming: [...session.upcoming, item] };
}

function advance(session: LabelSession): LabelSession {
  const [next, ...rest] = session.upcoming;
  return { ...session, current: next ?? null, upcoming: rest };
}

function undone(session: LabelSession, key: string): LabelSession {
  const saved = session.past.find((one) => one.key === key);
  if (!saved) return session;
  return {
    ...session,
    current: saved.item,
    upcoming: session.current === null ? session.upcoming : [session.current, ...session.upcoming],
    done: session.done - 1,
    past: session.past.filter((one) => one.key !== key),
  };
}

/** Items that must not be fetched again. */
export function itemsInHand({ current, upcoming }: LabelSession): string[] {
  return [...(current ? [current] : []), ...upcoming].map(({ itemId }) => itemId);
}

/** Where one is. Once the server has nothing more, what is in hand is all that is left: colleagues may have taken the rest. */
export function placeOf(session: LabelSession): { position: number; total: number } {
  const { current, upcoming, isDry, puttingOff, done, total } = session;
  const left = (current ? 1 : 0) + upcoming.length + puttingOff;
  return { position: done + 1, total: isDry ? done + left : Math.max(total, done + left) };
}
