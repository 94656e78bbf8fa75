import type { WorkersView, WorkerView } from "@/lib/contracts/server";

/** The state of the work in one sentence, for the top of the card. */
export function workersSentence({ queue, workers, calls }: WorkersView): string {
  if (queue === null)
    return `This server asks the models itself, up to ${calls.limit} at a time. A team that needs more adds workers on other machines; docs/scale-out.md says how.`;
  if (!queue.isReachable)
    return "The queue (Redis) cannot be reached. Work under way is paused, nothing is lost, and it goes on by itself.";
  const working = workers.filter(({ state }) => state === "working");
  const places = working.reduce((all, { concurrency }) => all + concurrency, 0);
  if (working.length === 0)
    return "No worker is running, so nothing can be asked. Start one with npm run worker on any machine.";
  const who = working.length === 1 ? "One worker is" : `${working.length} workers are`;
  return `${who} running, with room for ${places} answers at a time.`;
}

/** What is worth counting while a queue is there; failures only when there are some. */
export function workersCounts({ queue }: WorkersView): { label: string; count: number }[] {
  if (queue === null) return [];
  const { waiting, active, doneLastMinute, done, failed } = queue;
  return [
    { label: "waiting", count: waiting },
    { label: "with a worker", count: active },
    { label: "done in the last minute", count: doneLastMinute },
    { label: "done since the start", count: done },
    ...(failed > 0 ? [{ label: "without a score", count: failed }] : []),
  ];
}

const STATE_WORDS: Readonly<Record<WorkerView["state"], string>> = {
  working: "working",
  silent: "not heard of",
  refused: "refused",
};

export function workerState({ state }: WorkerView): string {
  return STATE_WORDS[state];
}
