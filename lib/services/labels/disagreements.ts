import "server-only";
import type { Label } from "@/db/repos/labels.repo";
import type { Disagreement } from "@/lib/contracts/labels";
import { formatValue } from "@/lib/judge";
import type { ServiceDeps } from "../service-deps";
import { isApart, judgeInUse } from "./judge-in-use";

/** Answers on which experts are apart, the newest first; those in `blind` are left out. */
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
  return apart.flatMap(([traceId, own]) => {
    const trace = traces.get(traceId);
    if (!trace) return [];
    const { recordId, question, output } = trace;
    const shownOf = (label: Label): string => formatValue(judge.scale, label.value);
    return [
      {
        traceId,
        recordId,
        judgeId: judge.id,
        question,
        answer: output,
        grades: gradesOf(own, viewerId, shownOf),
        reasons: reasonsOf(own),
      },
    ];
  });
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
