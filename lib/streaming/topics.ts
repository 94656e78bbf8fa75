/** What one can follow: the journal of a run, or the progress of a job. */
export type Topic = `run:${string}` | `job:${string}`;

export function runTopic(runId: string): Topic {
  return `run:${runId}`;
}

export function jobTopic(jobId: string): Topic {
  return `job:${jobId}`;
}

/** Kind and id of a topic; null when the text names none. */
export function parseTopic(text: string): { kind: "run" | "job"; id: string } | null {
  const match = /^(run|job):([A-Za-z0-9_-]{1,100})$/.exec(text);
  return match ? { kind: match[1] as "run" | "job", id: match[2] as string } : null;
}
