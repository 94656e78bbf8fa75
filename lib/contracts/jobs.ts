import { z } from "zod";
import { runStates } from "./runs";

export const finalJobStates = ["done", "failed", "cancelled"] as const;

/** A job as its watchers see it: the latest state wins. */
export const jobViewSchema = z.object({
  id: z.string(),
  kind: z.string(),
  projectId: z.string().nullable(),
  /** The run, evaluation, alignment … that it works on. */
  subjectId: z.string(),
  state: z.enum(runStates),
  stage: z.string(),
  done: z.number().int(),
  total: z.number().int(),
  /** Why it paused or failed, for people. */
  cause: z.string().nullable(),
});
export type JobView = z.infer<typeof jobViewSchema>;

/** Whether the job will not change any more. */
export function isFinalJobState(state: JobView["state"]): boolean {
  return (finalJobStates as readonly string[]).includes(state);
}
