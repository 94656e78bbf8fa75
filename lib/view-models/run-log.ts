import type { RunEvent } from "@/lib/contracts/run-events";
import { logEntryOf } from "@/lib/contracts/run-log";
import type { CandidateRow, RunLogEntry, RunView } from "@/lib/contracts/runs";
import { candidateInSentence, countOf } from "./run-names";
import { reasonOf, stopSentence } from "./run-reasons";
import type { ShownScale } from "./run-scale";

type StopReason = NonNullable<RunView["ended"]>["stopReason"];

/** One line of a run's log, in plain words and on the judge's scale (ux.md 7.5). */
export function describeLogEntry(entry: RunLogEntry, scale: ShownScale): string {
  const who = entry.candidateId === null ? "" : capital(candidateInSentence(entry.candidateId));
  const score = entry.score === null ? "–" : scale.format(entry.score);
  const other = entry.otherScore === null ? "–" : scale.format(entry.otherScore);
  const records = countOf(entry.records, "record");
  const parents = entry.otherIds.map(candidateInSentence).join(" and ");
  switch (entry.type) {
    case "run-started":
      return `The run starts, with at most ${countOf(entry.score ?? 0, "scored answer")} and ${countOf(entry.records, "comparison record")}.`;
    case "seed-evaluated":
      return describeSeed(entry, score, records);
    case "reflection-answered":
      return `${who} is suggested, from ${parents}: “${entry.text}”.`;
    case "proposal-refused":
      return describeRefusal(entry, who);
    case "rung-finished":
      return `${who} has ${score} on ${records} so far, ${parents} has ${other}${rungEnd(entry.code)}.`;
    case "candidate-accepted":
      return `${who} is accepted: ${score} on ${records}, from ${parents}.`;
    case "candidate-rejected":
      return `${who} is rejected: ${score} on ${records}, its parent had ${other}.`;
    case "merge-proposed":
      return `${who} merges ${parents}.`;
    case "crossover-proposed":
      return `${who} is to join what ${parents} do well.`;
    case "hand-edit-proposed":
      return `${who} was written by a person, from ${parents}${entry.text === "" ? "" : `: “${entry.text}”`}.`;
    case "merge-rejected":
      return `${who} is rejected: ${score}, its parents had ${other}.`;
    case "recommendation-changed":
      return `${who} is recommended now, with about ${score}.`;
    default:
      return describeHostEntry(entry, who, score, other);
  }
}

/** The sentence for one event, for the polite announcement; null when it says nothing to a reader. */
export function describeRunEvent(event: RunEvent, scale: ShownScale): string | null {
  const entry = logEntryOf(event);
  return entry === null ? null : describeLogEntry(entry, scale);
}

function describeHostEntry(entry: RunLogEntry, who: string, score: string, other: string): string {
  switch (entry.type) {
    case "input-received":
      return describeInput(entry, who);
    case "run-ended":
      return `The run ends. ${stopSentence(entry.code as StopReason)} ${who} is best with ${score}, the starting prompt has ${other}.`;
    case "paused":
      return entry.code === "by-person" ? "Paused by a person." : `Paused: ${entry.text}`;
    case "resumed":
      return entry.code === "after-crash"
        ? `Taken up again after the server had stopped; ${countOf(entry.records, "answer")} had to be asked for again.`
        : "Resumed.";
    case "run-failed":
      return `Stopped with an error: ${entry.text}`;
    default:
      return entry.text;
  }
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function describeSeed(entry: RunLogEntry, score: string, records: string): string {
  const excluded = entry.otherScore ?? 0;
  const left =
    excluded === 0 ? "" : ` ${countOf(excluded, "record")} could not be scored and left the comparison.`;
  return `The starting prompt has ${score} on ${records}.${left}`;
}

function describeRefusal(entry: RunLogEntry, who: string): string {
  const reason = reasonOf({ reason: entry.code as CandidateRow["reason"], why: entry.text });
  const spent = entry.code === "rollouts-failing" ? "" : "; not scored, nothing spent";
  return `${who} is refused: ${reason}${spent}.`;
}

function rungEnd(outcome: string | null): string {
  if (outcome === "losing") return ", and is given up";
  return outcome === "accepted" ? ", and is clearly better" : "";
}

function describeInput(entry: RunLogEntry, who: string): string {
  switch (entry.code) {
    case "hint":
      return `A person gave a hint: “${entry.text}”.`;
    case "withdraw-hint":
      return `A person took a hint back: “${entry.text}”.`;
    case "exclude-candidate":
      return `A person took ${who.toLowerCase()} out of the search.`;
    case "pin-parent":
      return entry.candidateId === null
        ? "Edits start from the best candidate again."
        : `A person asked for edits that start from ${who.toLowerCase()}.`;
    case "raise-budget":
      return `A person raised the budget to ${countOf(entry.score ?? 0, "scored answer")}.`;
    case "add-candidate":
      return `A person wrote an edit of ${entry.otherIds.map(candidateInSentence).join(" and ")}; it is the next to be tried.`;
    case "stop-money":
      return "The money set for this run is used: no further edit is started.";
    case "stop-time":
      return "The time set for this run is over: no further edit is started.";
    default:
      return "A person stopped the run.";
  }
}
