"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { BlindAnswerInput, BlindSheet } from "@/lib/contracts/blind";
import { answerPair, beginSheet } from "@/lib/queries/blind";

/** One expert's sheet on its way: which pair is in front, and what is chosen for it. */
export function useComparing(initial: BlindSheet) {
  const [sheet, setSheet] = useState(initial);
  const [place, setPlace] = useState(() => firstOpen(initial));
  const [choice, setChoice] = useState<BlindAnswerInput["choice"] | null>(null);
  const [reason, setReason] = useState("");
  const begin = useMutation({
    mutationFn: () => beginSheet(sheet.reviewId),
    onSuccess: (next) => {
      setSheet(next);
      setPlace(firstOpen(next));
    },
  });
  const pair = sheet.pairs[place] ?? null;
  const save = useMutation({
    mutationFn: (answer: BlindAnswerInput) => answerPair(sheet.reviewId, pair?.id ?? "", answer),
    onSuccess: (next) => {
      setSheet(next);
      setPlace(firstOpen(next));
      setChoice(null);
      setReason("");
    },
  });
  const saveChoice = () => {
    if (choice !== null && pair && !save.isPending) save.mutate({ choice, reason });
  };
  return { sheet, pair, place, choice, setChoice, reason, setReason, begin, save, saveChoice };
}

export type Comparing = ReturnType<typeof useComparing>;

/** Where to go on: the first pair without a choice; past the end when all have one. */
function firstOpen({ pairs }: BlindSheet): number {
  const open = pairs.findIndex(({ choice }) => choice === null);
  return open === -1 ? pairs.length : open;
}
