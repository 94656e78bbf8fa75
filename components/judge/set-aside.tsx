"use client";

import { createContext, type ReactNode, useContext, useState } from "react";
import { lazyPart } from "@/components/ui/lazy-part";
import type { LabelSource } from "@/lib/contracts/judge-page";

const LazyDialog = lazyPart(() => import("./set-aside-dialog").then((module) => module.SetAsideDialog));

const SetAsideContext = createContext<((label: LabelSource) => void) | null>(null);

interface SetAsideProps {
  judgeId: string;
  /** False for people who may only look: then no label offers it. */
  isAllowed: boolean;
  children: ReactNode;
}

/** Lets every label shown inside be set aside from teaching, what that does being shown first. */
export function SetAside({ judgeId, isAllowed, children }: SetAsideProps) {
  const [label, setLabel] = useState<LabelSource | null>(null);
  return (
    <SetAsideContext value={isAllowed ? setLabel : null}>
      {children}
      <LazyDialog isNeeded={label !== null} judgeId={judgeId} label={label} onClose={() => setLabel(null)} />
    </SetAsideContext>
  );
}

/** Opens the question for one label; null where it may not be asked. */
export const useSetAside = (): ((label: LabelSource) => void) | null => useContext(SetAsideContext);
