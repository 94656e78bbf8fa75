"use client";

import { useState } from "react";
import { useAnnounce } from "@/components/ui/announcer";

/** What has just happened, in one sentence; with a way back where there is one. */
export interface LabelNotice {
  words: string;
  tone: "calm" | "warning";
  undo: (() => void) | null;
}

/** Shows and reads out what happened. A plain save is only shown: the next question's heading is read instead. */
export type Say = (words: string, how?: Partial<Omit<LabelNotice, "words">> & { isQuiet?: boolean }) => void;

export function useNotice(): { notice: LabelNotice | null; say: Say } {
  const [notice, setNotice] = useState<LabelNotice | null>(null);
  const announce = useAnnounce();
  const say: Say = (words, { tone = "calm", undo = null, isQuiet = false } = {}) => {
    setNotice({ words, tone, undo });
    if (!isQuiet) announce(words);
  };
  return { notice, say };
}
