import type { Overview } from "@/lib/contracts/overview";
import type { ProjectFacts } from "./project-facts";

type Step = Overview["loop"][number];

const STEP_OF_ACTION: Readonly<Record<string, Step["step"]>> = {
  records: "records",
  answers: "answers",
  label: "label",
  teach: "judge",
  "judge-draft": "judge",
  run: "run",
  "watch-run": "run",
  candidate: "review",
  review: "review",
};

/** The loop with the state of each step, and where this person is. */
export function prepareLoop(facts: ProjectFacts, nextCode: string): Step[] {
  const { project, readiness, records, queue, labels, judge } = facts;
  const base = `/p/${project.id}`;
  const left = queue?.leftForMe ?? 0;
  const steps: Omit<Step, "isNext">[] = [
    {
      step: "records",
      title: "Records",
      state: readiness.ready ? "done" : records > 0 ? "partly" : "open",
      words:
        records === 0
          ? "none yet"
          : `${records}, ${readiness.ready ? "ready" : `${readiness.usable} usable`}`,
      href: `${base}/records`,
    },
    {
      step: "answers",
      title: "Answers",
      state: facts.answers > 0 ? "done" : "open",
      words: facts.answers > 0 ? `round ${facts.rounds}` : "none yet",
      href: `${base}/answers`,
    },
    {
      step: "label",
      title: "Label",
      state: labels.total === 0 ? "open" : left > 0 ? "partly" : "done",
      words: left > 0 ? `${left} left for you` : `${labels.total} labels`,
      href: queue && left > 0 ? `${base}/label/${queue.id}` : `${base}/answers`,
    },
    {
      step: "judge",
      title: "Teach the judge",
      state: (judge?.guidelines ?? 0) > 0 ? "done" : facts.openTeaching ? "partly" : "open",
      words:
        (judge?.guidelines ?? 0) > 0
          ? `v${judge?.version}, ${judge?.guidelines} guidelines`
          : facts.openTeaching
            ? "draft ready"
            : "not taught yet",
      href: `${base}/judge`,
    },
    {
      step: "run",
      title: "Run",
      state: facts.activeRun ? "partly" : facts.runs > 0 ? "done" : "open",
      words: facts.activeRun
        ? facts.activeRun.paused
          ? "paused"
          : "at work"
        : facts.runs > 0
          ? `${facts.runs} so far`
          : "none yet",
      href: `${base}/runs`,
    },
    {
      step: "review",
      title: "Review",
      state: facts.openReview ? "partly" : "open",
      words: facts.openReview ? "one open" : facts.candidate ? "candidate ready" : "nothing to decide",
      href: `${base}/reviews`,
    },
  ];
  return steps.map((step) => ({ ...step, isNext: STEP_OF_ACTION[nextCode] === step.step }));
}
