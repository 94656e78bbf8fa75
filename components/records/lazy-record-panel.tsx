"use client";

import dynamic from "next/dynamic";
import { useEffect } from "react";
import { LoadingSkeleton } from "@/components/ui/loading-skeleton";
import { whenIdle } from "@/lib/util/when-idle";
import { recordPanelFrame } from "./record-panel-frame";

const load = () => import("./record-panel").then((module) => module.RecordPanel);

/**
 * The open record, whose editor is not part of the list's first load. A page whose address names a record comes with it;
 * elsewhere it is fetched when the browser is idle, or when a record is opened.
 */
export const LazyRecordPanel = dynamic(load, {
  loading: () => (
    <div className={recordPanelFrame}>
      <LoadingSkeleton shape="text" rows={6} label="Loading the record" />
    </div>
  ),
});

/** Fetches the editor before it is asked for. */
export function useEarlyRecordPanel(): void {
  // Offline: fetched when a record is opened.
  useEffect(() => whenIdle(() => void load().catch(() => undefined)), []);
}
