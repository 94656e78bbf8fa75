"use client";

import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import { isFinalJobState } from "@/lib/contracts/jobs";
import type { ImportColumn, ImportPreview, ImportState } from "@/lib/contracts/record-imports";
import { wordsOf } from "@/lib/queries/api-fetch";
import { useJob } from "@/lib/queries/jobs-live";
import { forgetRecords } from "@/lib/queries/record-cache";
import {
  chooseImportColumns,
  commitImport,
  controlImport,
  importStateOptions,
  previewImport,
} from "@/lib/queries/record-files";
import { lastWins } from "@/lib/util/last-wins";

const LOOK_AGAIN_MS = 2_000;

export type ImportStep =
  | { kind: "choose" }
  | { kind: "preview"; preview: ImportPreview }
  | { kind: "working"; state: ImportState }
  | { kind: "done"; state: ImportState };

/**
 * One import from the file to its end. It goes on when the dialog is closed, also when the page is.
 * @param goingOn one that was at work when the page came
 */
export function useImport(projectId: string, goingOn: ImportState | null) {
  const client = useQueryClient();
  const [step, setStep] = useState<ImportStep>(() => firstStep(goingOn));
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const attempt: Attempt = async (work, show = (_, next) => next) => {
    setPending(true);
    setProblem(null);
    try {
      const next = await work();
      setStep((before) => show(before, next));
    } catch (error) {
      setProblem(wordsOf(error));
    } finally {
      setPending(false);
    }
  };
  const columns = useColumnChoice(projectId, attempt);
  const settled = (state: ImportState) => stepOf(client, projectId, state);
  const importId = step.kind === "working" ? step.state.importId : "";
  const look = () =>
    attempt(async () => {
      const options = importStateOptions(projectId, importId);
      // One that is under way may have been answered before the import was over.
      await client.cancelQueries(options);
      return settled(await client.fetchQuery(options));
    }, whileWorking);
  // the stream is a hint: where it is cut, the dialog still learns that the import is over
  const { data: asked } = useQuery({
    ...importStateOptions(projectId, importId),
    enabled: importId !== "",
    refetchInterval: LOOK_AGAIN_MS,
  });
  const finish = useEffectEvent((state: ImportState) => void attempt(() => settled(state)));
  useEffect(() => {
    if (asked && isFinalJobState(asked.state)) finish(asked);
  }, [asked]);
  const { job } = useJob(step.kind === "working" ? step.state.jobId : null, () => void look());
  return {
    step,
    isPending,
    problem,
    /** Lines done so far, as they come in. */
    done: job?.done ?? (step.kind === "working" ? step.state.done : 0),
    isPaused: job?.state === "paused",
    cause: job?.cause ?? null,
    read: (file: Blob) =>
      attempt(async () => ({ kind: "preview", preview: await previewImport(projectId, file) })),
    ...columns,
    commit: (preview: ImportPreview) =>
      attempt(async () => settled(await commitImport(projectId, preview.importId))),
    /** Takes an import that stopped up again, from the line where it was. */
    goOn: (stopped: string) => attempt(async () => settled(await commitImport(projectId, stopped))),
    control: (action: "pause" | "resume" | "cancel") =>
      attempt(async () => settled(await controlImport(projectId, importId, action)), whileWorking),
    startOver: () => {
      setStep({ kind: "choose" });
      setProblem(null);
    },
  };
}

/** Does a piece of work whose outcome is the next step; what goes wrong is told in words. */
type Attempt = (work: () => Promise<ImportStep>, show?: ShowStep) => Promise<void>;

/** Which step to show when an answer has come. */
type ShowStep = (before: ImportStep, next: ImportStep) => ImportStep;

/** The end of an import, told by its stream, can overtake the answer to *Pause*: it stays. */
const whileWorking: ShowStep = (before, next) => (before.kind === "working" ? next : before);
const whileLooking: ShowStep = (before, next) => (before.kind === "preview" ? next : before);

interface ColumnsOf {
  importId: string;
  columns: readonly ImportColumn[];
}

/** What each column is read as. One choice can follow the other faster than the file is read again. */
function useColumnChoice(projectId: string, attempt: Attempt) {
  const [chosen, setChosen] = useState<readonly ImportColumn[] | null>(null);
  const [tell] = useState(() =>
    lastWins(({ importId, columns }: ColumnsOf) => chooseImportColumns(projectId, importId, columns)),
  );
  return {
    /** What was said and is not answered yet: the next choice builds on it. Null = nothing. */
    chosen,
    chooseColumns: ({ importId }: ImportPreview, columns: readonly ImportColumn[]) => {
      setChosen(columns);
      return attempt(async () => {
        try {
          return { kind: "preview", preview: await tell({ importId, columns }) };
        } finally {
          setChosen(null);
        }
      }, whileLooking);
    },
  };
}

/** The step that an import is in; the records are asked for anew where it is over. */
async function stepOf(client: QueryClient, projectId: string, state: ImportState): Promise<ImportStep> {
  if (!isFinalJobState(state.state)) return { kind: "working", state };
  await forgetRecords(client, projectId);
  return { kind: "done", state };
}

function firstStep(goingOn: ImportState | null): ImportStep {
  if (goingOn === null) return { kind: "choose" };
  return { kind: isFinalJobState(goingOn.state) ? "done" : "working", state: goingOn };
}

export type ImportControls = ReturnType<typeof useImport>;
