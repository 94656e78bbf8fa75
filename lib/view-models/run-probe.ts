import type { Preflight } from "@/lib/contracts/runs";
import { formatUsd } from "./run-money";
import { countOf } from "./run-names";

/** "Answers 8 practice records with this prompt and grades them, about $0.02. …": what a probe would do. */
export function probeOffer({ probe, sends }: Pick<Preflight, "probe" | "sends">): string {
  const cost = probe.usd === null ? "" : `, about ${formatUsd(probe.usd)}`;
  const where = sends.simulated ? "" : ` They go to ${sends.host}.`;
  return `Answers ${countOf(probe.recordIds.length, "practice record")} with this prompt and grades them${cost}: enough to see whether the judge tells answers apart, and whether anything fails.${where}`;
}

/** "The last round: 8 answers graded, 3.4 of 5 on average." Empty while there was none. */
export function lastRoundWords({ last }: Preflight["probe"]): string {
  if (last === null || !last.isOver) return "";
  const failed = last.failed === 0 ? "" : `, ${last.failed} could not be scored`;
  const mean = last.shown === null ? "" : `, ${last.shown} on average`;
  return `The last round of this prompt under this judge: ${countOf(last.graded, "answer")} graded${mean}${failed}.`;
}

/** "With 2 at once about 9 to 15 minutes instead of 18 to 31." */
export function lanesWords({ suggested, minutes, atOne }: NonNullable<Preflight["lanes"]>): string {
  const range = ({ low, high }: { low: number; high: number }): string =>
    `${Math.max(1, Math.round(low))} to ${Math.max(1, Math.round(high))}`;
  return `At the pace measured here, ${suggested} suggested edits at once would take about ${range(minutes)} minutes instead of ${range(atOne)}. Each then learns from fewer answers, so one at a time finds a little more.`;
}
