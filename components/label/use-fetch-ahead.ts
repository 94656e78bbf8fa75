"use client";

import { type Dispatch, useEffect, useLayoutEffect, useRef, useState } from "react";
import { wordsOf } from "@/lib/queries/api-fetch";
import { fetchNextItem } from "@/lib/queries/labels";
import {
  FETCHED_AHEAD,
  itemsInHand,
  type LabelSession,
  type LabelSessionEvent,
} from "@/lib/view-models/label-session";

const TRY_AGAIN_MS = 4_000;

/**
 * Keeps the next answers in hand, so that a key press shows one at once.
 * @param leaving items that were labelled or skipped and of which the server may not know yet
 * @returns words when the next answer cannot be fetched, and a way to try at once
 */
export function useFetchAhead(
  queueId: string,
  session: LabelSession,
  leaving: readonly string[],
  dispatch: Dispatch<LabelSessionEvent>,
): { problem: string | null; tryAgain: () => void } {
  const [problem, setProblem] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const isFetching = useRef(false);
  const inHand = itemsInHand(session);
  const isWanted = !session.isDry && inHand.length <= FETCHED_AHEAD;
  const not = [...inHand, ...leaving];
  const latest = useRef(not);
  useLayoutEffect(() => {
    latest.current = not;
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of what is in hand, and each attempt, asks for one more
  useEffect(() => {
    if (!isWanted || isFetching.current) return;
    isFetching.current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    fetchNextItem(queueId, latest.current)
      .then((item) => {
        isFetching.current = false;
        setProblem(null);
        dispatch({ type: "fetched", item });
        // Asks again also when a label saved meanwhile leaves as many in hand as before.
        setAttempt((before) => before + 1);
      })
      .catch((error: unknown) => {
        isFetching.current = false;
        setProblem(wordsOf(error));
        timer = setTimeout(() => setAttempt((before) => before + 1), TRY_AGAIN_MS);
      });
    return () => clearTimeout(timer);
  }, [queueId, isWanted, inHand.length, attempt, dispatch]);

  return { problem, tryAgain: () => setAttempt((before) => before + 1) };
}
