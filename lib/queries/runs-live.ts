"use client";

import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { z } from "zod";
import { foldRunEvents, RunEventGapError } from "@/lib/contracts/fold-run-event";
import { runEventSchema } from "@/lib/contracts/run-events";
import { unpackRunSnapshot, type WireRunSnapshot, wireRunSnapshotSchema } from "@/lib/contracts/run-matrix";
import { type RunSnapshot, type RunState, runStates } from "@/lib/contracts/runs";
import { apiFetch } from "./api-fetch";
import { followTopic } from "./live-stream";

/** A run with its read model. The stream keeps it fresh, so it is fetched again only where the stream has a hole. */
export function runQuery(runId: string) {
  return queryOptions({
    queryKey: ["run", runId] as const,
    queryFn: async ({ client, queryKey, signal }) => {
      const path = `/api/v1/runs/${encodeURIComponent(runId)}`;
      const told = unpackRunSnapshot(await apiFetch(path, { schema: wireRunSnapshotSchema, signal }));
      return newerSnapshot(client.getQueryData<RunSnapshot>(queryKey), told);
    },
    staleTime: Number.POSITIVE_INFINITY,
    // The fold keeps what an event does not touch; comparing 500 × 200 cells anew for each event finds nothing more.
    structuralSharing: false,
  });
}

const batchSchema = z.array(runEventSchema);
const endSchema = z.object({ state: z.enum(runStates) });
const FINAL: readonly RunState[] = ["done", "failed", "cancelled"];

export interface LiveRun {
  run: RunSnapshot;
  /** False while the connection is lost: the page shows what it knows, and says so. */
  isConnected: boolean;
}

/** A run as it goes on, from the snapshot that the page was loaded with. */
export function useLiveRun(initial: WireRunSnapshot): LiveRun {
  const client = useQueryClient();
  const runId = initial.id;
  const [first] = useState(() => unpackRunSnapshot(initial));
  const { data } = useQuery({ ...runQuery(runId), initialData: first });
  const [isConnected, setConnected] = useState(true);
  // What an earlier visit left in the cache may know more than the page, or less: a run that failed can have been resumed.
  useEffect(() => {
    client.setQueryData(runQuery(runId).queryKey, (before) => newerSnapshot(before, first));
  }, [client, runId, first]);
  const isOver = FINAL.includes(data.state);

  useEffect(() => {
    if (isOver) return;
    const { queryKey } = runQuery(runId);
    const current = (): RunSnapshot | undefined => client.getQueryData<RunSnapshot>(queryKey);
    return followTopic(
      {
        topic: `run:${runId}`,
        events: ["run-events", "run-ended"],
        lastSeq: () => current()?.view.lastSeq ?? 0,
      },
      {
        onConnection: setConnected,
        onBehind: () => void client.invalidateQueries({ queryKey }),
        onFrame(event, frame) {
          const before = current();
          const after = before && applyFrame(before, event, frame);
          if (after) client.setQueryData(queryKey, after);
          const hasEnded = event === "run-ended";
          if (!after || hasEnded) void client.invalidateQueries({ queryKey });
          return hasEnded ? "stop" : undefined;
        },
      },
    );
  }, [client, runId, isOver]);

  return { run: data, isConnected };
}

/**
 * Which of two snapshots of a run to show: the one that knows more of its journal. An answer can be overtaken on its way by
 * events of the stream, and then what it says of the state is older than what is shown. Pure.
 */
export function newerSnapshot(shown: RunSnapshot | undefined, told: RunSnapshot): RunSnapshot {
  if (!shown) return told;
  const isOvertaken = shown.view.lastSeq > told.view.lastSeq;
  if (isForGood(told.state)) return isOvertaken ? { ...shown, state: told.state } : told;
  return isOvertaken || isForGood(shown.state) ? shown : told;
}

/** A run that failed can be taken up again; one that is done or cancelled cannot. */
function isForGood(state: RunState): boolean {
  return state === "done" || state === "cancelled";
}

/** The snapshot after a frame; null when it cannot be told from here and must be fetched. Pure. */
export function applyFrame(run: RunSnapshot, event: string, data: unknown): RunSnapshot | null {
  if (event === "run-ended") {
    const end = endSchema.safeParse(data);
    return end.success ? { ...run, state: end.data.state } : null;
  }
  const batch = event === "run-events" ? batchSchema.safeParse(data) : null;
  if (!batch?.success) return null;
  try {
    const view = foldRunEvents(run.view, batch.data);
    return { ...run, view, state: stateOf(run.state, view) };
  } catch (error) {
    if (error instanceof RunEventGapError) return null;
    throw error;
  }
}

/** What the events say of the state until the job's own word comes with `run-ended`. */
function stateOf(before: RunState, view: RunSnapshot["view"]): RunState {
  if (FINAL.includes(before)) return before;
  if (view.paused) return "paused";
  return view.phase === "waiting" ? before : "running";
}
