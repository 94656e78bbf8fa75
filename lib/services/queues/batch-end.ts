import "server-only";
import type { Judge, JudgeVersionSummary } from "@/db/repos/judges.repo";
import type { Label } from "@/db/repos/labels.repo";
import type { Queue } from "@/db/repos/queues.repo";
import type { TraceVerdict, TraceWithVerdicts } from "@/db/repos/traces.repo";
import type { BatchEnd } from "@/lib/contracts/labels";
import { formatValue } from "@/lib/judge";
import { sum } from "@/lib/util/math";
import { distance, isApart } from "../labels/judge-in-use";
import type { ServiceDeps } from "../service-deps";

/** New labels with a reason from which teaching the judge is worth its calls (ux.md, next action). */
export const TEACH_FROM = 10;
/** A longer gap between two labels is an interruption, not work. */
const LONGEST_GAP_MS = 3 * 60_000;

export interface EndParts {
  queue: Queue;
  judge: Judge;
  version: JudgeVersionSummary | null;
  userId: string;
  mayTeach: boolean;
}

/** Minutes at work on these commits, interruptions left out; 0 when a single label tells nothing. */
export function minutesAtWork(commitsAt: readonly number[]): number {
  const sorted = [...commitsAt].sort((a, b) => a - b);
  if (sorted.length < 2) return 0;
  const gaps = sorted.slice(1).map((at, index) => Math.min(at - (sorted[index] ?? at), LONGEST_GAP_MS));
  // The first answer took its time too, which no gap shows.
  const whole = (sum(gaps) / gaps.length) * sorted.length;
  return Math.max(1, Math.round(whole / 60_000));
}

/** The end of a person's batch (ux.md, moment 5). The caller has made sure that nothing is left for them. */
export function batchEndOf(deps: Pick<ServiceDeps, "repos" | "now">, parts: EndParts): BatchEnd {
  const { repos } = deps;
  const { queue, judge, userId } = parts;
  const traceIds = repos.queues.items(queue.id).map(({ traceId }) => traceId);
  const mine = repos.labels.list(queue.projectId, { judgeId: judge.id, authorId: userId, traceIds });
  const next = whatIsNext(deps, parts);
  return {
    queueId: queue.id,
    labelled: mine.length,
    minutes: minutesAtWork(mine.map((label) => firstCommitAt(deps, label))),
    differ: differences(deps, parts, mine),
    next: next.words,
    canTeach: next.canTeach,
  };
}

/** A reason given later makes a new label; the time that counts is the first one's. */
function firstCommitAt({ repos }: Pick<ServiceDeps, "repos">, label: Label): number {
  const own = repos.labels
    .history(label.traceId)
    .filter(({ author, judgeId }) => author.id === label.author.id && judgeId === label.judgeId);
  return own.at(-1)?.createdAt ?? label.createdAt;
}

function differences(
  { repos }: Pick<ServiceDeps, "repos">,
  { judge, version }: EndParts,
  mine: readonly Label[],
): BatchEnd["differ"] {
  const traces = new Map(
    repos.traces.byIds(mine.map(({ traceId }) => traceId)).map((trace) => [trace.id, trace]),
  );
  const versionIds = repos.judges.versions(judge.id).map(({ id }) => id);
  const line = { scale: judge.scale, goodEnough: version?.goodEnough ?? null };
  return mine
    .flatMap((label) => {
      const trace = traces.get(label.traceId);
      const verdict = trace ? verdictOf(trace, version?.id ?? null, versionIds) : null;
      return trace && verdict && isApart(line, label.value, verdict.value) ? [{ label, trace, verdict }] : [];
    })
    .sort(
      (a, b) =>
        distance(judge.scale, b.label.value, b.verdict.value) -
        distance(judge.scale, a.label.value, a.verdict.value),
    )
    .map(({ label, trace, verdict }) => ({
      labelId: label.id,
      traceId: trace.id,
      question: trace.question,
      answer: trace.output,
      mine: formatValue(judge.scale, label.value),
      judge: formatValue(judge.scale, verdict.value),
      judgeRationale: verdict.rationale,
      myReason: label.reason,
    }));
}

/** What the judge said: the version in use, else its newest version that graded this answer. */
export function verdictOf(
  trace: Pick<TraceWithVerdicts, "verdicts">,
  inUseId: string | null,
  newestFirst: readonly string[],
): Extract<TraceVerdict, { status: "graded" }> | null {
  const ids = inUseId === null ? newestFirst : [inUseId, ...newestFirst];
  for (const id of ids) {
    const verdict = trace.verdicts.find((one) => one.judgeVersionId === id && one.sample === 0);
    if (verdict?.status === "graded") return verdict;
  }
  return null;
}

function whatIsNext(
  { repos, now }: Pick<ServiceDeps, "repos" | "now">,
  parts: EndParts,
): { words: string; canTeach: boolean } {
  const { queue, judge, version, userId, mayTeach } = parts;
  const { total, doneByTeam } = repos.queues.progress(queue.id, userId, now());
  const left = total * queue.expertsPerItem - doneByTeam;
  const fresh = repos.labels
    .listTeaching(queue.projectId, judge.id)
    .filter(
      ({ reason, createdAt }) =>
        reason.trim() !== "" && createdAt > (version?.origin === "aligned" ? version.createdAt : 0),
    );
  const isEnough = fresh.length >= TEACH_FROM;
  const canTeach = isEnough && mayTeach;
  const see = "You will see here which of your words became guidelines.";
  if (left > 0)
    return { words: `Next: a colleague has ${left} left, then the judge can be taught. ${see}`, canTeach };
  if (isEnough)
    return {
      words: `Next: the judge can be taught with ${fresh.length} new labels that have a reason. ${see}`,
      canTeach,
    };
  const missing = TEACH_FROM - fresh.length;
  return {
    words: `Next: ${missing} more ${missing === 1 ? "label" : "labels"} with a reason, then the judge can be taught. ${see}`,
    canTeach,
  };
}
