import "server-only";
import type { Label } from "@/db/repos/labels.repo";
import type { ExpertAgreement } from "@/lib/contracts/labels";
import { compareToLine } from "@/lib/judge";
import type { ServiceDeps } from "../service-deps";
import { type JudgeInUse, judgeInUse } from "./judge-in-use";

/**
 * How far experts agree on answers that more than one has labelled. A person sees their own; the lead sees all of
 * them as one count, and never who (ux.md, section 1: labels are no test of people).
 */
export function expertAgreementOf(
  deps: Pick<ServiceDeps, "repos">,
  projectId: string,
  viewer: { id: string; isLead: boolean },
): ExpertAgreement {
  const inUse = judgeInUse(deps, projectId);
  if (!inUse) return { mine: null, all: null };
  const labels = deps.repos.labels.list(projectId, { judgeId: inUse.judge.id });
  const pairs = [...Map.groupBy(labels, ({ traceId }) => traceId).values()].flatMap(pairsOf);
  const mine = pairs.filter((pair) => pair.some(({ author }) => author.id === viewer.id));
  return { mine: countsOf(inUse, mine), all: viewer.isLead ? countsOf(inUse, pairs) : null };
}

type Pair = readonly [Label, Label];

function pairsOf(labels: readonly Label[]): Pair[] {
  return labels.flatMap((one, at) => labels.slice(at + 1).map((other): Pair => [one, other]));
}

function countsOf({ judge, version }: JudgeInUse, pairs: readonly Pair[]): ExpertAgreement["mine"] {
  if (pairs.length === 0) return null;
  const side = ({ value }: Label): boolean | null => compareToLine(judge.scale, version.goodEnough, value);
  const hasLine = pairs.every((pair) => pair.every((label) => side(label) !== null));
  return {
    pairs: pairs.length,
    sameSide: hasLine ? pairs.filter(([one, other]) => side(one) === side(other)).length : null,
    sameGrade: pairs.filter(([one, other]) => one.value === other.value).length,
  };
}
