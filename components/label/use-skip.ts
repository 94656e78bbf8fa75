"use client";

import { type Dispatch, useState } from "react";
import type { LabelItem } from "@/lib/contracts/labels";
import type { cannotJudgeReasons } from "@/lib/contracts/word-lists";
import { wordsOf } from "@/lib/queries/api-fetch";
import { skipItem } from "@/lib/queries/labels";
import type { LabelSessionEvent } from "@/lib/view-models/label-session";
import { CANNOT_JUDGE_WORDS } from "@/lib/view-models/label-words";
import type { Say } from "./use-notice";

export type SkipHow = "later" | (typeof cannotJudgeReasons)[number];

interface SkipControls {
  skip: (current: LabelItem, how: SkipHow) => Promise<void>;
  /** Items of which the server may not know yet that they were skipped. */
  skipping: readonly string[];
}

/** Later, and can't judge: the next answer is shown at once, the server hears of it meanwhile. */
export function useSkip(queueId: string, dispatch: Dispatch<LabelSessionEvent>, say: Say): SkipControls {
  const [skipping, setSkipping] = useState<readonly string[]>([]);

  /** *Later* takes a *can't judge* back. */
  const returnToList = async (itemId: string): Promise<void> => {
    try {
      await skipItem(queueId, itemId, "later");
      dispatch({ type: "brought-back" });
      say("Back on your list. It comes again at the end.");
    } catch (error) {
      say(wordsOf(error), { tone: "warning" });
    }
  };

  const skip = async (current: LabelItem, how: SkipHow): Promise<void> => {
    const { itemId } = current;
    dispatch({ type: how === "later" ? "put-off" : "not-judged" });
    setSkipping((before) => [...before, itemId]);
    try {
      await skipItem(queueId, itemId, how);
      if (how === "later") {
        dispatch({ type: "more-to-come" });
        say("Put off. It comes again at the end.");
      } else {
        const why = CANNOT_JUDGE_WORDS[how].toLowerCase();
        say(`Set aside: ${why}.`, { undo: () => void returnToList(itemId) });
      }
    } catch (error) {
      dispatch({ type: how === "later" ? "more-to-come" : "brought-back" });
      dispatch({ type: "fetched", item: current });
      say(wordsOf(error), { tone: "warning" });
    } finally {
      setSkipping((before) => before.filter((one) => one !== itemId));
    }
  };

  return { skip, skipping };
}
