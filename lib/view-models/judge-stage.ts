import type { AlignmentView } from "@/lib/contracts/judges";

/** One stage of teaching, as the page lists them. */
export interface TeachingStep {
  key: string;
  label: string;
  state: "done" | "partly" | "open";
  /** Progress in words, while it is at work. */
  detail: string | null;
}

const STAGES = [
  { key: "distilling", label: "Read the labels and write guidelines" },
  { key: "consolidating", label: "Merge what says the same, find what contradicts" },
  { key: "testing", label: "Test it on answers that it has not seen" },
] as const;

/** Only where labels could be kept aside for it. */
const EFFECTS = { key: "effects", label: "Measure what each guideline does by itself" } as const;

/** Which stage a job's word belongs to; `guidelines-ready` is the moment before the test. */
const PLACE: Readonly<Record<string, number>> = {
  "": 0,
  queued: 0,
  distilling: 0,
  consolidating: 1,
  "guidelines-ready": 2,
  testing: 2,
  effects: 3,
  done: 4,
};

/** The stages with their states, done ones first. */
export function prepareTeachingSteps({
  stage,
  state,
  progress,
  report,
}: Pick<AlignmentView, "stage" | "state" | "progress" | "report">): TeachingStep[] {
  const stages = stage === "effects" || (report?.checkingLabels ?? 0) > 0 ? [...STAGES, EFFECTS] : STAGES;
  const place = state === "done" ? stages.length : (PLACE[stage] ?? 0);
  return stages.map(({ key, label }, index) => {
    const status = index < place ? "done" : index === place ? "partly" : "open";
    const isCounted = status === "partly" && progress.total > 1;
    return { key, label, state: status, detail: isCounted ? `${progress.done} of ${progress.total}` : null };
  });
}

/** Whether the teaching still goes on by itself. */
export function isTeachingLive({ state }: Pick<AlignmentView, "state">): boolean {
  return state === "queued" || state === "running";
}
