import type { NextAction } from "@/lib/contracts/overview";
import type { ProjectFacts } from "./project-facts";

const MINUTES_A_LABEL = 0.5;
const LABELS_TO_TEACH = 10;

/**
 * What this person can do, most pressing first: the rows of ux.md section 4, "Next action on the Overview". The first
 * is the card, the rest wait under "Also". Never empty.
 */
export function prepareNextActions(facts: ProjectFacts): [NextAction, ...NextAction[]] {
  const rows = [
    broken,
    evidenceAged,
    compareBlind,
    review,
    candidateReady,
    teachingReady,
    labelling,
    // the sample is a tour: teaching is its next step, and the one split answer may wait
    ...(facts.project.isSample ? [teach, settle] : [settle, teach]),
    run,
    getAnswers,
    records,
  ].flatMap((row) => row(facts) ?? []);
  const [first, ...rest] = rows;
  return first ? [first, ...rest] : [nothing(facts)];
}

type Row = (facts: ProjectFacts) => NextAction | null;

const href = (facts: ProjectFacts, path: string): string => `/p/${facts.project.id}${path}`;
const isDecider = ({ may }: ProjectFacts): boolean => may("reviews:approve");

const broken: Row = (facts) =>
  facts.broken
    ? {
        code: "broken",
        title: "Work has stopped",
        why: `${facts.broken.what} What was done so far is kept.`,
        minutes: null,
        button: facts.may("runs:write") ? "See the cause and resume" : "See the cause",
        href: facts.broken.href,
      }
    : null;

const evidenceAged: Row = (facts) => {
  const { production, may } = facts;
  if (!production?.evidenceAge || !(may("reviews:write") || isDecider(facts))) return null;
  return {
    code: "evidence-aged",
    title: `The evidence for v${production.version} has aged`,
    why: production.evidenceAge,
    minutes: 2,
    button: may("reviews:write") ? "Check it again" : "See what changed",
    href: href(facts, `/prompts/${encodeURIComponent(production.promptName)}/check`),
  };
};

/** Of experts who were asked; whoever decides has the review itself. */
const compareBlind: Row = (facts) => {
  if (!facts.compareBlind || !facts.may("labels:write") || isDecider(facts)) return null;
  const { reviewId, number, left } = facts.compareBlind;
  return {
    code: "compare-blind",
    title: `Compare ${left} ${left === 1 ? "pair" : "pairs"} of answers, blind`,
    why: `Review ${number} asks which answer is better, without telling you which words wrote it.`,
    minutes: Math.max(1, Math.round(left / 2)),
    button: "Compare blind",
    href: href(facts, `/compare/${reviewId}`),
  };
};

const review: Row = (facts) => {
  if (!facts.openReview) return null;
  const { id, number } = facts.openReview;
  return {
    code: "review",
    title: isDecider(facts) ? `Decide on review ${number}` : `Review ${number} is open`,
    why: "A changed prompt waits for a decision; production is unchanged until then.",
    minutes: 4,
    button: isDecider(facts) ? "Decide" : "Open the review",
    href: href(facts, `/reviews/${id}`),
  };
};

const candidateReady: Row = (facts) =>
  facts.candidate && facts.may("reviews:write")
    ? {
        code: "candidate",
        title: "Review the candidate",
        why: `Run ${facts.candidate.runNumber} found a prompt that did better on the practice records. The sealed records decide.`,
        minutes: 3,
        button: "Review the candidate",
        href: href(facts, `/runs/${facts.candidate.runId}`),
      }
    : null;

const teachingReady: Row = (facts) =>
  facts.openTeaching
    ? {
        code: "judge-draft",
        title: "Read what the judge learned",
        why: "A taught judge waits: it grades nothing until somebody puts it to use.",
        minutes: 2,
        button: "Read what it learned",
        href: href(facts, `/judge/teach/${facts.openTeaching}`),
      }
    : null;

const labelling: Row = (facts) => {
  const left = facts.queue?.leftForMe ?? 0;
  if (!facts.queue || left === 0 || !facts.may("labels:write")) return null;
  return {
    code: "label",
    title: `Label ${left} ${left === 1 ? "answer" : "answers"}`,
    why: "Say how good each one is, and why. Your words become the judge's guidelines.",
    minutes: Math.max(1, Math.round(left * MINUTES_A_LABEL)),
    button: `Label ${left} ${left === 1 ? "answer" : "answers"}`,
    href: href(facts, `/label/${facts.queue.id}`),
  };
};

const settle: Row = (facts) => {
  const { openDisagreements: open } = facts;
  if (open === 0 || !facts.may("judges:use")) return null;
  return {
    code: "settle",
    title: `Settle ${open} ${open === 1 ? "answer" : "answers"}`,
    why: "Experts differ on them, and the judge learns little from both at once. Your decision counts.",
    minutes: Math.max(1, open),
    button: `Settle ${open}`,
    href: href(facts, "/answers#disagreements"),
  };
};

const teach: Row = (facts) =>
  facts.labels.newWithReason >= LABELS_TO_TEACH && facts.judge && facts.may("judges:draft")
    ? {
        code: "teach",
        title: "Teach the judge",
        why: `${facts.labels.newWithReason} labels with reasons have come in that it has not learned from.`,
        minutes: 1,
        button: "Teach the judge",
        href: href(facts, "/judge"),
      }
    : null;

const run: Row = (facts) => {
  if (facts.activeRun) {
    return {
      code: "watch-run",
      title: `Run ${facts.activeRun.number} is ${facts.activeRun.paused ? "paused" : "at work"}`,
      why: "It tries edits of the prompt against the judge. You can watch, or come back later.",
      minutes: null,
      button: "Watch the run",
      href: href(facts, `/runs/${facts.activeRun.id}`),
    };
  }
  if (!facts.readiness.ready || !facts.judge || facts.answers === 0) return null;
  const mayRun = facts.may("runs:write");
  return {
    code: "run",
    title: mayRun ? "Start a run" : "An engineer can start a run",
    why: "Records and judge are ready; a run looks for a better prompt, inside a budget that it never passes.",
    minutes: mayRun ? 2 : null,
    button: mayRun ? "Start a run" : "See the runs",
    href: href(facts, mayRun ? "/runs/new" : "/runs"),
  };
};

const getAnswers: Row = (facts) =>
  facts.readiness.ready && facts.answers === 0 && facts.may("answers:create")
    ? {
        code: "answers",
        title: "Get answers",
        why: "Your records are ready. See what the assistant says now, then say how good it is.",
        minutes: 2,
        button: "Get answers",
        href: href(facts, "/answers"),
      }
    : null;

const records: Row = (facts) =>
  !facts.readiness.ready && facts.may("records:write")
    ? {
        code: "records",
        title: facts.records === 0 ? "Write the first record" : facts.readiness.headline,
        why: "A record is one question that people really ask, and what a good answer to it does. Fifteen varied ones are enough for a first run.",
        minutes: 5,
        button: facts.may("runs:write") ? "Import or write records" : "Write a record",
        href: href(facts, "/records"),
      }
    : null;

function nothing(facts: ProjectFacts): NextAction {
  const isOnlyDeciding = isDecider(facts) && !facts.may("records:write");
  return {
    code: "nothing",
    title: isOnlyDeciding ? "Nothing waits for you." : "Try a question",
    why: isOnlyDeciding
      ? "You will find what needs your decision here."
      : "Ask something of your own; what surprises you makes a good record.",
    minutes: null,
    button: isOnlyDeciding ? "See what is in production" : "Try a question",
    href: href(facts, "/prompts"),
  };
}
