import "server-only";
import { AppError } from "@/lib/contracts/errors";
import { isFinalJobState, type JobView } from "@/lib/contracts/jobs";
import type { Actor } from "@/lib/contracts/permissions";
import type { RunEvent } from "@/lib/contracts/run-events";
import { eventStreamResponse } from "@/lib/streaming/event-stream";
import { replayThenTail } from "@/lib/streaming/replay-then-tail";
import type { ShutdownHub } from "@/lib/streaming/shutdown-hub";
import type { SseFrame } from "@/lib/streaming/sse";
import { jobTopic, parseTopic, runTopic } from "@/lib/streaming/topics";
import { watchLatest } from "@/lib/streaming/watch-latest";
import { authorize } from "../authorize";
import type { ServiceDeps } from "../service-deps";

export interface StreamRequest {
  actor: Actor;
  /** `run:ID` or `job:ID` */
  topic: string;
  /** Seq of the last event the caller has; 0 = none. */
  after: number;
  signal: AbortSignal;
  /** Who the caller is now; asked at each ping, for membership and keys end while streams are open. */
  currentActor(): Promise<Actor | null>;
}

export interface EventStreamService {
  /** An open stream. Throws `not-found` when the topic is not the caller's. */
  open(request: StreamRequest): Response;
}

type EventDeps = Pick<ServiceDeps, "repos" | "bus" | "log"> & { hub: ShutdownHub };

/** Streams of server-sent events: a run's journal from any seq on, or a job's state. */
export function createEventStreamService({ repos, bus, log, hub }: EventDeps): EventStreamService {
  return {
    open({ actor, topic, after, signal, currentActor }) {
      const { projectId, frames } = topicOf(topic, after, { repos, bus });
      authorizeTopic(actor, projectId);
      return eventStreamResponse({
        signal,
        hub,
        frames,
        async recheck() {
          const now = await currentActor();
          if (!now)
            throw new AppError("not-signed-in", "Your session has ended. Sign in again to go on watching.");
          authorizeTopic(now, projectId);
        },
        onError: (error) => log.error({ err: error, topic }, "an event stream failed"),
      });
    },
  };
}

type Stores = Pick<EventDeps, "repos" | "bus">;
interface FollowedTopic {
  projectId: string | null;
  frames(signal: AbortSignal): AsyncIterable<SseFrame>;
}

/** A job that belongs to no project is the server's own. */
function authorizeTopic(actor: Actor, projectId: string | null): void {
  if (projectId !== null) authorize(actor, "project:read", projectId);
  else if (actor.kind === "key" || (actor.kind === "user" && !actor.isServerAdmin)) throw noTopic();
}

function topicOf(topic: string, after: number, stores: Stores): FollowedTopic {
  const named = parseTopic(topic);
  if (named?.kind === "run") {
    const run = stores.repos.runs.byId(named.id);
    if (run)
      return {
        projectId: run.projectId,
        frames: (signal) => runFrames(run.id, run.jobId, after, signal, stores),
      };
  }
  if (named?.kind === "job") {
    const job = stores.repos.jobs.byId(named.id);
    if (job) return { projectId: job.projectId, frames: (signal) => jobFrames(job.id, signal, stores) };
  }
  throw noTopic();
}

function noTopic(): AppError {
  return new AppError("not-found", "There is no such run or job, or you are not a member of its project.");
}

/** Batches of events with the last seq as id; then `run-ended`, when the run's job is over and all is told. */
async function* runFrames(
  runId: string,
  jobId: string,
  after: number,
  signal: AbortSignal,
  { repos, bus }: Stores,
): AsyncGenerator<SseFrame> {
  const stateNow = () => repos.jobs.byId(jobId)?.state ?? "failed";
  // the run is over when its job is; whoever ends the job need not know of the run's followers
  const stopWatching = bus.subscribe(jobTopic(jobId), () => {
    if (isFinalJobState(stateNow())) bus.end(runTopic(runId));
  });
  const source = {
    readAfter: (seq: number, limit: number) => repos.runEvents.listAfter(runId, seq, limit),
    isEnded: () => isFinalJobState(stateNow()),
  };
  try {
    const batches = replayThenTail<RunEvent>({ bus, topic: runTopic(runId), lastSeq: after, source, signal });
    for await (const events of batches) {
      const last = events[events.length - 1];
      if (last) yield { event: "run-events", id: last.seq, data: events };
    }
  } finally {
    stopWatching();
  }
  if (!signal.aborted) yield { event: "run-ended", data: { state: stateNow() } };
}

async function* jobFrames(
  jobId: string,
  signal: AbortSignal,
  { repos, bus }: Stores,
): AsyncGenerator<SseFrame> {
  const read = (): JobView | null => {
    const job = repos.jobs.byId(jobId);
    if (!job) return null;
    const { id, kind, projectId, subjectId, state, stage, done, total, cause } = job;
    return { id, kind, projectId, subjectId, state, stage, done, total, cause };
  };
  const isFinal = ({ state }: JobView): boolean => isFinalJobState(state);
  for await (const job of watchLatest({ bus, topic: jobTopic(jobId), read, isFinal, signal })) {
    yield { event: "job", data: job };
  }
}
