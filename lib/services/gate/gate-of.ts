import "server-only";
import type { GateView } from "@/lib/contracts/reviews";

/** An approval of exactly these words. */
export interface GateApproval {
  by: string;
  byId: string;
  at: number;
  /** Given by who made the change. */
  self: boolean;
  /** Given with an override and a reason. */
  override: boolean;
  /** The person may still approve in this project. */
  stillMayApprove: boolean;
}

export interface GateEvidence {
  state: "running" | "ended-without-result" | "done";
  verdict: "better" | "not-enough" | "worse" | null;
  /** Why it says nothing about today; null while it does. */
  stale: string | null;
  /** Confirmed losses that nobody took yet. */
  openLosses: readonly { recordId: string; question: string }[];
  /** Records that must never fail, that do, and that no approver has lifted. */
  failingCritical: readonly { recordId: string; question: string; liftable: boolean }[];
}

/** Everything that the gate looks at. */
export interface GateFacts {
  state: "open" | "approved" | "promoted" | "declined";
  targetAlias: string;
  /** The alias points at nothing yet: the first set needs no test. */
  isInitial: boolean;
  /** The alias points at these very words. */
  isUnchanged: boolean;
  /** The run had fewer than ten practice records. */
  isExploratory: boolean;
  /** What a check found that stops production, such as a lost variable. */
  brokenChecks: readonly string[];
  hasSealedRecords: boolean;
  evidence: GateEvidence | null;
  approvals: readonly GateApproval[];
  /** Who launched the run, and whoever edited the words: none of them may say yes in a team. */
  authorIds: readonly string[];
  /** "Jonas", "Jonas and Jo". */
  authorName: string;
  quorum: number;
  /** The project has one person who could say yes, the author, and its settings allow that. */
  isSelfApprovalOffered: boolean;
  isSelfApprovalOn: boolean;
  /** This person asks to go round the evidence, or somebody's approval did. */
  isOverridden: boolean;
  /** This person may. */
  mayOverride: boolean;
  /** Promotions of this project that went round the evidence. */
  overridesUsed: number;
}

type Blocker = GateView["blockers"][number];

/**
 * What stands between a change and its alias (architecture.md, Gate): the one function that page, REST and promotion
 * ask. An override with a reason lifts what evidence lacks; it never lifts a missing approval, a confirmed loss that
 * nobody took, or a failing record that must never fail.
 */
export function gateOf(facts: GateFacts): GateView {
  const approvals = countedApprovals(facts);
  const approvalsNeeded = facts.isSelfApprovalOffered ? 1 : facts.quorum;
  const blockers = [
    ...closedBlockers(facts),
    ...liftableBlockers(facts).filter(() => !facts.isOverridden),
    ...hardBlockers(facts),
    ...approvalBlockers(facts, approvalsNeeded - approvals.length),
  ];
  return {
    open: blockers.length === 0,
    blockers,
    approvals: approvals.map(({ by, at, self, override }) => ({ by, at, self, override })),
    approvalsNeeded,
    selfApprovalOffered: facts.isSelfApprovalOffered,
    overrideAllowed: facts.mayOverride,
    waysRound: waysRound(facts),
    targetAlias: facts.targetAlias,
  };
}

/** Approvals that count: of somebody who still may, and not of the author unless that was offered. */
export function countedApprovals({ approvals, authorIds, isSelfApprovalOffered }: GateFacts): GateApproval[] {
  return approvals.filter(
    ({ byId, self, stillMayApprove }) =>
      stillMayApprove && (authorIds.includes(byId) || self ? isSelfApprovalOffered : true),
  );
}

function closedBlockers({ state, isUnchanged, targetAlias }: GateFacts): Blocker[] {
  if (state === "promoted")
    return [blocker("closed", "This change is promoted already.", "Open a new review for a further change.")];
  if (state === "declined")
    return [blocker("closed", "This review was declined.", "Open a new review if that was wrong.")];
  if (!isUnchanged) return [];
  return [
    blocker(
      "unchanged",
      `These are the words that ${targetAlias} has already; nothing would change.`,
      "Start another run, or edit the text.",
    ),
  ];
}

/** What an override may lift. */
function liftableBlockers(facts: GateFacts): Blocker[] {
  const checks = facts.brokenChecks.map((what) =>
    blocker("check-failed", what, "Mend the text, or override with a reason."),
  );
  if (facts.isInitial) return checks;
  const exploratory = facts.isExploratory
    ? [
        blocker(
          "exploratory",
          "The run had fewer than 10 practice records, so it only explored.",
          "Write more records and run again, or override with a reason.",
        ),
      ]
    : [];
  const { evidence, hasSealedRecords } = facts;
  if (evidence === null && !hasSealedRecords) {
    return [
      ...checks,
      ...exploratory,
      blocker(
        "no-sealed-records",
        "No record is sealed, so no evidence can be had.",
        "Write more records, or override with a reason.",
      ),
    ];
  }
  if (evidence?.state !== "done" || evidence.stale !== null || evidence.verdict === "better")
    return [...checks, ...exploratory];
  const what =
    evidence.verdict === "worse"
      ? "The sealed records say that it is worse."
      : "The sealed records do not show that it is better.";
  return [
    ...checks,
    ...exploratory,
    blocker("not-better", what, "Add sealed records and score again, or override with a reason."),
  ];
}

/** What nothing lifts. */
function hardBlockers({ isInitial, evidence, hasSealedRecords }: GateFacts): Blocker[] {
  if (isInitial) return [];
  if (evidence === null) {
    return hasSealedRecords
      ? [blocker("evidence-missing", "The sealed records were not scored yet.", "Score the sealed records.")]
      : [];
  }
  if (evidence.state === "running")
    return [blocker("evidence-running", "The sealed records are being scored.", "Wait for the result.")];
  if (evidence.state === "ended-without-result") {
    return [
      blocker("evidence-missing", "The last look ended without a result.", "Score the sealed records again."),
    ];
  }
  const stale =
    evidence.stale === null
      ? []
      : [blocker("evidence-stale", evidence.stale, "Check it again: score the sealed records once more.")];
  const losses = evidence.openLosses.map(({ question }) =>
    blocker(
      "loss-not-accepted",
      `The loss on “${shorten(question)}” has no reason yet.`,
      "Accept it with a reason, or decline the change.",
    ),
  );
  const critical = evidence.failingCritical.map(({ question, liftable }) =>
    blocker(
      "critical-failing",
      `“${shorten(question)}” must never fail, and does.`,
      liftable
        ? "Three fresh readings were clean, or production fails it no less: an approver may lift it with a reason."
        : "Decline the change: the record failed again when read afresh.",
    ),
  );
  return [...stale, ...losses, ...critical];
}

function approvalBlockers({ isSelfApprovalOffered, authorName }: GateFacts, missing: number): Blocker[] {
  if (missing <= 0) return [];
  if (isSelfApprovalOffered) {
    return [
      blocker(
        "approval-missing",
        "Nobody has approved it yet.",
        "Nobody else here may approve: approve it yourself; history will say so.",
      ),
    ];
  }
  const who = missing === 1 ? "1 approver" : `${missing} approvers`;
  return [
    blocker(
      "approval-missing",
      `${who} missing, not ${authorName} (author).`,
      "Ask an approver, or copy the link and send it.",
    ),
  ];
}

function waysRound({ overridesUsed, isSelfApprovalOn, isSelfApprovalOffered }: GateFacts): string {
  const times = overridesUsed === 1 ? "1 time" : `${overridesUsed} times`;
  const self = isSelfApprovalOffered
    ? "self-approval is on, since nobody else here may approve"
    : `self-approval is ${isSelfApprovalOn ? "for projects with one member" : "off"}`;
  return `override by an admin, used ${times}; ${self}`;
}

function blocker(code: string, what: string, fix: string): Blocker {
  return { code, what, fix };
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= 80 ? line : `${line.slice(0, 79)}…`;
}
