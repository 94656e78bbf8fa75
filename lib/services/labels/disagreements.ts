import "server-only";
import type { Label } from "@/db/repos/labels.repo";
import type { Disagreement } from "@/lib/contracts/labels";
import { formatValue } from "@/lib/judge";
import type { ServiceDeps } from "../service-deps";
import { isApart, judgeInUse } from "./judge-in-use";

/** Answers on which experts are apart, open ones first, then the newest; those in `blind` are left out. */
export function disagreementsOf(
  deps: Pick<ServiceDeps, "repos">,
  projectId: string,
  viewerId: string,
  blind: ReadonlySet<string>,
): Disagreement[] {
  const inUse = judgeInUse(deps, projectId);
  if (!inUse) return [];
  const { judge, version } = inUse;
  const line = { scale: judge.scale, goodEnough: version.goodEnough };
  const labels = deps.repos.labels.list(projectId, { judgeId: judge.id });
  const apart = [...Map.groupBy(labels, ({ traceId }) => traceId)]
    .filter(
      ([traceId, own]) =>
        !blind.has(traceId) && own.some((one) => own.some((other) => isApart(line, one.value, other.value))),
    )
    .reverse();
  const traces = new Map(
    deps.repos.traces.byIds(apart.map(([traceId]) => traceId)).map((trace) => [trace.id, trace]),
  );
  const decisions = deps.repos.settlements.ofJudge(judge.id);
  const ids = apart.map(([traceId]) => traceId);
  const notes = Map.groupBy(deps.repos.settlements.notes(judge.id, ids), ({ traceId }) => traceId);
  const listed = apart.flatMap(([traceId, own]): Disagreement[] => {
    const trace = traces.get(traceId);
    if (!trace) return [];
    const { recordId, question, output } = trace;
    const shownOf = (label: Pick<Label, "value">): string => formatValue(judge.scale, label.value);
    const decision = decisions.get(traceId);
    return [
      {
        traceId,
        recordId,
        judgeId: judge.id,
        question,
        answer: output,
        grades: gradesOf(own, viewerId, shownOf),
        reasons: reasonsOf(own),
        notes: (notes.get(traceId) ?? []).map(({ id, text, createdBy, createdByName, createdAt }) => {
          return { id, author: createdByName, isMine: createdBy === viewerId, text, createdAt };
        }),
        settled: decision
          ? {
              by: decision.createdByName,
              shown: shownOf(decision),
              reason: decision.reason,
              at: decision.createdAt,
            }
          : null,
      },
    ];
  });
  return [...listed.filter(({ settled }) => !settled), ...listed.filter(({ settled }) => settled)];
}

/** The reader's own grade first; the others are A, B, … */
function gradesOf(
  labels: readonly Label[],
  viewerId: string,
  shownOf: (label: Label) => string,
): Disagreement["grades"] {
  const mine = labels.filter(({ author }) => author.id === viewerId);
  const others = labels.filter(({ author }) => author.id !== viewerId);
  return [
    ...mine.map((label) => ({ who: "you", isMine: true, shown: shownOf(label) })),
    ...others.map((label, index) => ({
      who: String.fromCharCode(65 + (index % 26)),
      isMine: false,
      shown: shownOf(label),
    })),
  ];
}

function reasonsOf(labels: readonly Label[]): Disagreement["reasons"] {
  return labels
    .filter(({ reason }) => reason.trim() !== "")
    .map(({ author, reason }) => ({ author: author.name, text: reason }));
}
