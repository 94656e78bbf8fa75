import type { Finding, StartRunInput } from "@/lib/contracts/runs";
import type { CanaryResult } from "@/lib/contracts/targets";
import { EXPLORATORY_BELOW } from "./freeze-manifest";
import { type Baseline, PROBE_RECORDS } from "./launch-baseline";
import type { LaunchJudge, LaunchRecords } from "./launch-facts";
import { type MonthFacts, monthFindings } from "./month-findings";
import { counted, dollars } from "./preflight-words";

/** Fewer suggested edits than this are hardly a search. */
export const ENOUGH_PROPOSALS = 5;
/** Youden's J between judge and experts: below the first a warning, below the second a reason is asked for. */
const AGREEMENT = { warnsBelow: 0.6, reasonBelow: 0.4 } as const;
const NEAR_PERFECT = 0.95;
/** Share of a round that may fail without a word. */
const MANY_FAILURES = 0.2;

export interface FindingFacts extends MonthFacts {
  input: StartRunInput;
  records: LaunchRecords;
  judges: readonly LaunchJudge[];
  /** Null while the project has no assistant to run. */
  targetVersionId: string | null;
  promptHasText: boolean;
  /** Roles whose connection is missing or not granted to the project. */
  rolesWithoutConnection: readonly string[];
  /** Models whose price is not known. */
  unpriced: readonly string[];
  /** Groups of near-duplicates that reach from practice into the sealed records. */
  leaks: number;
  /** Null while the task model answers; `canary` null = the agent was never tested. */
  agentCheck: { canary: CanaryResult | null } | null;
  /** The starting prompt's last round under the same judge. */
  baseline: Baseline | null;
  proposals: { low: number; high: number };
  activeRun: { id: string; number: number } | null;
  /** True when nothing at all has changed since the last run of this prompt. */
  isUnchanged: boolean;
}

/** Findings whose start needs a reason in words, by code. */
export const REASON_CODES: ReadonlySet<string> = new Set(["judge-far", "exploratory"]);

/** What a launch would run into: first what blocks it. Each with its cause and the place to mend it. */
export function findingsOf(facts: FindingFacts): Finding[] {
  const all = [
    ...setupFindings(facts),
    ...agentFindings(facts),
    ...recordFindings(facts),
    ...facts.judges.flatMap((judge) => judgeFindings(facts, judge)),
    ...budgetFindings(facts),
    ...monthFindings(facts),
  ];
  const order = ["blocks", "warns", "note"];
  return all.sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
}

function setupFindings(facts: FindingFacts): Finding[] {
  const { projectId, activeRun, rolesWithoutConnection, promptHasText, targetVersionId } = facts;
  const findings: Finding[] = [];
  if (activeRun) {
    findings.push({
      code: "run-active",
      level: "blocks",
      what: `Run ${activeRun.number} is not over yet. One run at a time, so that they do not compete for the same models.`,
      fix: `Open run ${activeRun.number}`,
      href: `/p/${projectId}/runs/${activeRun.id}`,
    });
  }
  if (!promptHasText) {
    findings.push({
      code: "no-text",
      level: "blocks",
      what: "The starting prompt has no text.",
      fix: "Write it",
      href: `/p/${projectId}/prompts`,
    });
  }
  if (rolesWithoutConnection.length > 0) {
    const roles = rolesWithoutConnection.join(", ");
    findings.push({
      code: "no-connection",
      level: "blocks",
      what: `No connection that this project may use is set for: ${roles}.`,
      fix: "Choose the models",
      href: `/p/${projectId}/settings`,
    });
  }
  if (targetVersionId === null) {
    findings.push({
      code: "no-target",
      level: "blocks",
      what: "This project has no assistant to run yet.",
      fix: "Set it up",
      href: `/p/${projectId}/settings`,
    });
  }
  return findings;
}

/** An agent that works with a prompt of its own makes every comparison one of luck. */
function agentFindings({ projectId, agentCheck }: FindingFacts): Finding[] {
  if (agentCheck === null || agentCheck.canary === "used") return [];
  const href = `/p/${projectId}/settings/agent`;
  if (agentCheck.canary === "ignored")
    return [
      {
        code: "agent-ignores-prompt",
        level: "blocks",
        what: "Your agent answered its last test, but did not do what the prompt told it, so no edit could make a difference.",
        fix: "Mend it and test it again",
        href,
      },
    ];
  const what =
    agentCheck.canary === null
      ? "Your agent was not tested with these settings. The run asks it once first, and waits if it does not use the prompt."
      : "The last test of your agent failed. The run asks it once first, and waits while it cannot be used.";
  return [{ code: "agent-untested", level: "note", what, fix: "Test it", href }];
}

function recordFindings({ projectId, records, leaks, baseline }: FindingFacts): Finding[] {
  const { practice, unfinished, withoutField } = records;
  const href = `/p/${projectId}/records`;
  const findings: Finding[] = [];
  const none = practice.length === 0;
  if (none) {
    findings.push({
      code: "no-records",
      level: "blocks",
      what: "No practice record says what a good answer does, so there is nothing to learn from.",
      fix: "Write records",
      href,
    });
  } else if (practice.length < EXPLORATORY_BELOW) {
    findings.push({
      code: "exploratory",
      level: "warns",
      what: `Only ${counted(practice.length, "practice record")}: the run is exploratory, and what it finds is promoted only by an override with a reason.`,
      fix: "Write more records",
      href,
    });
  }
  if (unfinished > 0) {
    const one = unfinished === 1;
    findings.push({
      code: "unfinished-records",
      level: "note",
      what: `${counted(unfinished, "record")} ${one ? "does" : "do"} not say what a good answer does, and ${one ? "is" : "are"} left out.`,
      fix: one ? "Write it" : "Write them",
      href: `${href}?needsWork=true`,
    });
  }
  if (withoutField) {
    findings.push({
      code: "missing-field",
      level: "warns",
      what: `${counted(withoutField.records, "record")} without the field "${withoutField.field}" that the prompt uses: left out.`,
      fix: "Fill it in",
      href,
    });
  }
  if (leaks > 0) {
    findings.push({
      code: "duplicates",
      level: "warns",
      what: `${counted(leaks, "practice record")} ${leaks === 1 ? "is" : "are"} nearly the same as a sealed one, so the sealed records would flatter the result.`,
      fix: "Look at them",
      href,
    });
  }
  return [...findings, ...baselineFindings(projectId, practice.length, baseline)];
}

/** What the last round of answers says of the room for a better prompt. */
function baselineFindings(projectId: string, records: number, baseline: FindingFacts["baseline"]): Finding[] {
  if (baseline === null) return [];
  const failing = failingFinding(projectId, baseline);
  if (failing) return [failing];
  if (baseline.mean !== null && baseline.mean >= NEAR_PERFECT)
    return [
      {
        code: "near-perfect",
        level: "warns",
        what: `The starting prompt already has ${baseline.shown}. There is little left to gain on these records.`,
        fix: "Write harder records",
        href: `/p/${projectId}/records`,
      },
    ];
  if (!baseline.isConstant || baseline.graded < enoughGrades(records)) return [];
  return [
    {
      code: "constant-grades",
      level: "warns",
      what: `All ${baseline.graded} answers of the last round have the same grade. A judge that cannot tell them apart cannot tell a better prompt either.`,
      fix: "Look at the judge",
      href: `/p/${projectId}/judge`,
    },
  ];
}

/** Fewer equal grades may be chance; a project with few records has no more of them. */
function enoughGrades(records: number): number {
  return Math.min(PROBE_RECORDS, Math.max(4, records));
}

/** Some failures are met in every round; more than a few would be most of what the run does. */
function failingFinding(projectId: string, { failed, graded, cause, isOver }: Baseline): Finding | null {
  if (!isOver || failed <= MANY_FAILURES * (failed + graded)) return null;
  return {
    code: "answers-failing",
    level: "warns",
    what: `${failed} of ${counted(failed + graded, "answer")} of the last round could not be scored${cause === null ? "." : `; the first: “${cause}”`}`,
    fix: "Look at the round",
    href: `/p/${projectId}/answers`,
  };
}

function judgeFindings({ projectId }: FindingFacts, judge: LaunchJudge): Finding[] {
  if (!judge.isModel) return [];
  const href = `/p/${projectId}/judge`;
  const { agreement } = judge;
  if (agreement === null) {
    return [
      {
        code: "judge-unknown",
        level: "note",
        what: `The judge "${judge.name}" has not been compared with your experts. A run does what the judge rewards, right or wrong.`,
        fix: "Teach the judge",
        href,
      },
    ];
  }
  const j = agreement.j?.value ?? null;
  if (j === null || j >= AGREEMENT.warnsBelow) return [];
  const read = agreement.n - agreement.failed;
  const counts =
    agreement.sameSide === null
      ? `agrees too little with your experts (J ${j.toFixed(2)})`
      : `sides with your experts on ${agreement.sameSide} of ${read} unseen answers`;
  const needsReason = j < AGREEMENT.reasonBelow;
  return [
    {
      code: needsReason ? "judge-far" : "judge-weak",
      level: "warns",
      what: `The judge "${judge.name}" ${counts}. A run would follow its mistakes too.`,
      fix: "Teach the judge",
      href,
    },
  ];
}

function budgetFindings({
  projectId,
  input,
  unpriced,
  usd,
  proposals,
  isUnchanged,
}: FindingFacts): Finding[] {
  const findings: Finding[] = [];
  if (input.maxUsd !== null && unpriced.length > 0) {
    findings.push({
      code: "no-price",
      level: "blocks",
      what: `A cap in money cannot be kept: no price is known for ${unpriced.join(", ")}.`,
      fix: "Enter the prices, or take the cap out",
      href: `/p/${projectId}/settings`,
    });
  }
  if (usd !== null && input.maxUsd !== null && input.maxUsd < usd.low) {
    findings.push({
      code: "cap-short",
      level: "warns",
      what: `A run like this usually takes ${dollars(usd.low)} or more; with ${dollars(input.maxUsd)} it ends early.`,
      fix: "Raise the cap, or choose fewer answers",
      href: null,
    });
  }
  if (proposals.high < ENOUGH_PROPOSALS) {
    findings.push({
      code: "small-budget",
      level: proposals.high === 0 ? "blocks" : "warns",
      what: `${counted(input.maxMetricCalls, "scored answer")} leave room for ${proposals.high === 0 ? "no suggested edit" : `at most ${counted(proposals.high, "suggested edit")}`}.`,
      fix: "Choose more answers",
      href: null,
    });
  }
  if (isUnchanged) {
    findings.push({
      code: "unchanged",
      level: "warns",
      what: "Nothing has changed since the last run, so another one would mostly buy luck.",
      fix: "Label more answers first",
      href: `/p/${projectId}/answers`,
    });
  }
  return findings;
}
