import type { ImportLine } from "@/lib/contracts/record-imports";
import type { OptimizationRecord } from "@/lib/contracts/records";
import { stableStringify } from "@/lib/util/hash";
import type { ImportCandidate } from "./import-line";
import { findPersonalData } from "./personal-data";

type Content = Pick<OptimizationRecord, "expectations" | "tags" | "critical">;

/** What an import looks at of a record that is there, or that an earlier line of the same file will make. */
export type KnownRecord = Pick<OptimizationRecord, "inputs" | "archived"> &
  Content & {
    /** Null until the earlier line has made it. */
    id: string | null;
    revision: number;
    /** It was written by this very import and is not shown yet. */
    isStaged: boolean;
    /** The line of this file that it was last matched with. */
    line: number | null;
  };

/** What is done with one line. `target` is shared by all lines of one record, `content` is what this line makes of it. */
export type LinePlan =
  | {
      outcome: "new" | "changed";
      candidate: ImportCandidate;
      target: KnownRecord;
      content: Content;
      notice: string | null;
    }
  | { outcome: "duplicate"; candidate: ImportCandidate; notice: null }
  | { outcome: "invalid"; candidate: ImportCandidate; problem: string };

/**
 * Decides on one line. The key is the question: with the same inputs a line is a duplicate when it says nothing new,
 * else it changes the record that is there. Records of one question that say different things are matched in order.
 * @param known records with the same inputs as they will be by now; the plan keeps them so
 */
export function planLine(
  candidate: ImportCandidate,
  known: KnownRecord[],
  blocksPersonalData: boolean,
): LinePlan {
  const personal = personalNotice(candidate);
  if (personal !== null && blocksPersonalData) {
    return { outcome: "invalid", candidate, problem: `${personal} This project keeps no personal data.` };
  }
  const same = known.find((record) => !isAway(record) && isSame(record, overlay(candidate, record)));
  if (same) {
    same.line = candidate.line;
    return { outcome: "duplicate", candidate, notice: null };
  }
  const target = matchOf(known);
  const notices = [personal, leftOutNotice(candidate)];
  if (target === undefined) {
    const content = overlay(candidate, NOTHING);
    const made: KnownRecord = {
      id: null,
      revision: 0,
      isStaged: true,
      line: candidate.line,
      archived: false,
      inputs: candidate.inputs,
      ...content,
    };
    known.push(made);
    return { outcome: "new", candidate, target: made, content, notice: joined(notices) };
  }
  if (target.line !== null)
    notices.push(`The same question stands on line ${target.line}; what this line says takes its place.`);
  else if (isAway(target)) notices.push("The record was archived; it comes back.");
  const content = overlay(candidate, target);
  Object.assign(target, content, { archived: false, line: candidate.line });
  return { outcome: "changed", candidate, target, content, notice: joined(notices) };
}

/** A record that no line has spoken of yet, one in use before an archived one; else the last, which is said anew. */
function matchOf(known: readonly KnownRecord[]): KnownRecord | undefined {
  const untouched = known.filter((record) => record.line === null);
  return untouched.find((record) => !isAway(record)) ?? untouched[0] ?? known.at(-1);
}

/** In the archive, and not only waiting to be shown. */
function isAway({ archived, isStaged }: KnownRecord): boolean {
  return archived && !isStaged;
}

/** The line as a page shows it. */
export function toImportLine(plan: LinePlan): ImportLine {
  const { candidate, outcome } = plan;
  const question = candidate.inputs.messages.findLast((message) => message.role === "user")?.content ?? "";
  return {
    line: candidate.line,
    outcome,
    question: question.trim().replace(/\s+/g, " ").slice(0, 200),
    problem: plan.outcome === "invalid" ? plan.problem : null,
    notice: plan.outcome === "invalid" ? null : plan.notice,
  };
}

const NOTHING: Content = {
  expectations: { v: 1, expected_response: "", facts: [], mustNever: [] },
  tags: [],
  critical: false,
};

/** What the line says laid over what is there; what it does not mention stays. */
function overlay(candidate: ImportCandidate, record: Content): Content {
  return {
    expectations: { ...record.expectations, ...candidate.expectations },
    tags: candidate.tags ?? record.tags,
    critical: candidate.critical ?? record.critical,
  };
}

function isSame(a: Content, b: Content): boolean {
  // white space around a text is no news: a spreadsheet does not keep it
  const textOf = ({ expectations, tags, critical }: Content): string => {
    const expected_response = expectations.expected_response.trim();
    return stableStringify({ expectations: { ...expectations, expected_response }, tags, critical });
  };
  return textOf(a) === textOf(b);
}

function personalNotice(candidate: ImportCandidate): string | null {
  const [first, ...more] = findPersonalData(candidate.inputs, overlay(candidate, NOTHING).expectations);
  if (first === undefined) return null;
  return `"${first.found}" looks like personal data${more.length > 0 ? `, and ${more.length} more` : ""}.`;
}

function leftOutNotice({ leftOut }: ImportCandidate): string | null {
  return leftOut.length === 0 ? null : `Left out, for a record has no place for it: ${leftOut.join(", ")}.`;
}

function joined(notices: readonly (string | null)[]): string | null {
  return notices.filter((notice) => notice !== null).join(" ") || null;
}
