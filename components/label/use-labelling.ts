"use client";

import { type Dispatch, useReducer, useState } from "react";
import type { CommitLabelInput, LabelItem, LabelSheet } from "@/lib/contracts/labels";
import { wordsOf } from "@/lib/queries/api-fetch";
import type { LabelOutbox, OutboxState } from "@/lib/queries/label-outbox";
import { takeBackLabel } from "@/lib/queries/labels";
import { newId } from "@/lib/util/new-id";
import { type DraftProblem, type LabelDraft, problemOf } from "@/lib/view-models/label-form";
import {
  beginSession,
  type LabelSession,
  type LabelSessionEvent,
  labelSessionReducer,
  placeOf,
} from "@/lib/view-models/label-session";
import { type DraftControls, useDraft } from "./use-draft";
import { useFetchAhead } from "./use-fetch-ahead";
import { type Say, useNotice } from "./use-notice";
import { useOutbox } from "./use-outbox";
import { usePace } from "./use-pace";
import { type SkipHow, useSkip } from "./use-skip";

export interface LabellingInput {
  sheet: LabelSheet;
  firstItem: LabelItem | null;
  /** Whose tab it is: another person's labels are never sent under this one's name. */
  userId: string;
}

/** The work of the label page: what is in front, what is saved, what is on its way. */
export function useLabelling({ sheet, firstItem, userId }: LabellingInput) {
  const { queue, grades } = sheet;
  const [session, dispatch] = useReducer(labelSessionReducer, beginSession(firstItem, queue));
  const [problem, setProblem] = useState<DraftProblem | null>(null);
  const { notice, say } = useNotice();
  const drafts = useDraft(session.current, grades);
  const pace = usePace();
  const { skip, skipping } = useSkip(queue.id, dispatch, say);
  const { outbox, sending } = useSending(`${queue.id}.${userId}`, { session, dispatch, drafts, say });
  const leaving = [...sending.waiting.map(({ itemId }) => itemId), ...skipping];
  const fetching = useFetchAhead(queue.id, session, leaving, dispatch);
  const { draft } = drafts;

  return {
    session,
    draft,
    problem,
    notice,
    sending,
    fetching,
    isSettled: skipping.length === 0,
    durations: pace.durations,
    edit: (changes: Partial<LabelDraft>): void => {
      setProblem(null);
      drafts.change(changes);
    },
    /** @returns what is missing, when it cannot be saved yet */
    save: (): DraftProblem | null => {
      const { current } = session;
      const missing = problemOf(draft, grades);
      setProblem(missing);
      if (missing || !current || !outbox) return missing;
      const key = newId("lab");
      pace.note();
      dispatch({ type: "saved", saved: { item: current, draft, key } });
      drafts.forget(current.itemId);
      outbox.add({ key, itemId: current.itemId, input: commitOf(sheet, current, draft) });
      const { position, total } = placeOf(session);
      say(`Saved, ${position} of ${total}.`, { isQuiet: true });
      return null;
    },
    skip: (how: SkipHow): void => {
      setProblem(null);
      pace.restart();
      if (session.current) void skip(session.current, how);
    },
    undo: async (): Promise<void> => {
      const last = session.past.at(-1);
      if (!last || !outbox) return;
      setProblem(null);
      bringBack({ session, dispatch, drafts }, last.key);
      say("Taken back. It counts again once you save it.");
      await takeBack(outbox, last.key, say);
    },
  };
}

interface SessionParts {
  session: LabelSession;
  dispatch: Dispatch<LabelSessionEvent>;
  drafts: Pick<DraftControls, "restore">;
}

function useSending(
  owner: string,
  parts: SessionParts & { say: Say },
): { outbox: LabelOutbox | null; sending: OutboxState } {
  const { say } = parts;
  const { outbox, state } = useOutbox(`touchstone.label.waiting.${owner}`, {
    onSent: (_entry, { notice: late, judgeSays }) => {
      if (late) say(late);
      else if (judgeSays) say(`The judge gives it ${judgeSays.grade}: ${judgeSays.rationale}`);
    },
    onRefused: ({ key }, error) => {
      bringBack(parts, key);
      say(`It was not saved. ${wordsOf(error)}`, { tone: "warning" });
    },
  });
  return { outbox, sending: state };
}

/** Shows an answer again, with what was put down for it. */
function bringBack({ session, dispatch, drafts }: SessionParts, key: string): void {
  const saved = session.past.find((one) => one.key === key);
  if (!saved) return;
  dispatch({ type: "undone", key });
  drafts.restore(saved.item.itemId, saved.draft);
}

/** What has not been sent need not be taken back from the server. */
async function takeBack(outbox: LabelOutbox, key: string, say: Say): Promise<void> {
  try {
    await outbox.takeBack(key, takeBackLabel);
  } catch (error) {
    say(`${wordsOf(error)} The label counts until you save it anew.`, { tone: "warning" });
  }
}

function commitOf(
  { queue, grades }: LabelSheet,
  { traceId }: LabelItem,
  draft: LabelDraft,
): CommitLabelInput {
  const { reason, betterAnswer, flagged } = draft;
  const value = draft.grade === null ? undefined : grades[draft.grade]?.value;
  if (value === undefined) throw new Error("a label without a grade is not sent");
  return {
    traceId,
    judgeId: queue.judgeId,
    queueId: queue.id,
    value,
    reason,
    betterAnswer: betterAnswer || null,
    flagged,
  };
}
