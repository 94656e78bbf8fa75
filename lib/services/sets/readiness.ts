import "server-only";
import type { OptimizationRecord, Readiness } from "@/lib/contracts/records";
import type { ServiceDeps } from "../service-deps";
import { findContradictions, findThinTags } from "./coverage";
import { nearDuplicateIds, type PlannedRecord, planSets, sealedTarget } from "./plan-sets";
import { projectVariables } from "./prompt-variables";
import { type GainUnit, prepareGain, prepareReadinessWords } from "./readiness-words";

/** With more records than this, readiness compares no texts: it is asked for at every page. Giving sets always does. */
const COMPARED_RECORDS = 2_000;

/** What is missing before a run, and what the sealed records could show at all (ux.md, rule 6 and moment 3). */
export function measureReadiness(deps: ServiceDeps, projectId: string): Readiness {
  const live = deps.repos.records.live(projectId);
  const { offered, needed } = projectVariables(deps, projectId);
  const missingFields = live.flatMap((record) =>
    needed
      .filter((name) => (record.inputs.fields[name] ?? "").trim() === "")
      .map((field) => ({ recordId: record.id, field })),
  );
  const lacking = new Set(missingFields.map(({ recordId }) => recordId));
  const withoutQuestion = live.filter((record) => !hasQuestion(record));
  const withoutExpectations = live.filter((record) => hasQuestion(record) && !saysWhatIsGood(record));
  const usable = live.filter((record) => isUsable(record) && !lacking.has(record.id));
  const isPlanned = usable.some((record) => record.set === "unassigned");
  const planned = plannedSets(deps, projectId, live, isPlanned);
  const sets = countSets(live, usable, isPlanned, planned);
  const nearDuplicates = live.length > COMPARED_RECORDS ? [] : nearDuplicateIds(live.filter(isUsable));
  const unit = gainUnitOf(deps, projectId);
  const gain = prepareGain(sets.sealed, unit);
  const words = prepareReadinessWords({
    total: live.length,
    usable: usable.length,
    ...sets,
    isPlanned,
    withoutQuestion: withoutQuestion.length,
    withoutExpectations: withoutExpectations.length,
    withoutFields:
      lacking.size === 0 ? null : { records: lacking.size, field: missingFields[0]?.field ?? "" },
    ...gain,
    unit,
  });
  const ofSet = (set: OptimizationRecord["set"]): number =>
    live.filter((record) => record.set === set).length;
  return {
    total: live.length,
    usable: usable.length,
    practice: ofSet("practice"),
    sealed: ofSet("sealed"),
    unassigned: ofSet("unassigned"),
    missingExpectations: withoutExpectations.map(({ id }) => id),
    promptFields: offered,
    missingFields,
    nearDuplicates,
    contradictions: findContradictions(live, nearDuplicates),
    ...findThinTags(usable, (record) => planned.get(record.id) ?? record.set),
    ...gain,
    ...words,
  };
}

/** A question, and something that says what a good answer does. */
export function isUsable(record: Pick<OptimizationRecord, "inputs" | "expectations">): boolean {
  return hasQuestion(record) && saysWhatIsGood(record);
}

/** Usable records as the plan of sets sees them. */
export function plannedRecords(
  { repos }: ServiceDeps,
  projectId: string,
  live: readonly OptimizationRecord[],
): PlannedRecord[] {
  const answered = repos.traces.answeredRecordIds(projectId);
  return live.filter(isUsable).map((record) => ({ ...record, hasAnswers: answered.has(record.id) }));
}

/** The sets that the next round of answers would give; of too many records none is planned beforehand. */
function plannedSets(
  deps: ServiceDeps,
  projectId: string,
  live: readonly OptimizationRecord[],
  isPlanned: boolean,
): Map<string, "practice" | "sealed"> {
  if (!isPlanned || live.length > COMPARED_RECORDS) return new Map();
  const plan = planSets(projectId, plannedRecords(deps, projectId, live));
  return new Map(plan.map(({ recordId, set }) => [recordId, set]));
}

/** Sets as they are, or as the next round of answers would make them. */
function countSets(
  live: readonly OptimizationRecord[],
  usable: readonly OptimizationRecord[],
  isPlanned: boolean,
  planned: ReadonlyMap<string, "practice" | "sealed">,
): { practice: number; sealed: number } {
  if (isPlanned && live.length > COMPARED_RECORDS) {
    const sealed = Math.max(
      sealedTarget(usable.length),
      live.filter((record) => record.set === "sealed").length,
    );
    return { practice: usable.length - sealed, sealed };
  }
  const count = (set: "practice" | "sealed"): number =>
    live.filter((record) => (planned.get(record.id) ?? record.set) === set).length;
  return { practice: count("practice"), sealed: count("sealed") };
}

function hasQuestion({ inputs }: Pick<OptimizationRecord, "inputs">): boolean {
  return inputs.messages.some((message) => message.role === "user" && message.content.trim() !== "");
}

function saysWhatIsGood({ expectations }: Pick<OptimizationRecord, "expectations">): boolean {
  const { expected_response, facts, mustNever } = expectations;
  return [expected_response, ...facts, ...mustNever].some((text) => text.trim() !== "");
}

/** Paired differences spread by about a quarter of a scale, as on 1 to 5; of yes and no, by about half. */
function gainUnitOf({ repos }: ServiceDeps, projectId: string): GainUnit {
  const scale = repos.judges.list(projectId).find(({ kind }) => kind === "model")?.scale;
  if (scale === undefined) return { kind: "grades", spread: 1 };
  if (scale.kind === "numeric") return { kind: "grades", spread: (scale.max - scale.min) / 4 };
  if (scale.kind === "categories" && scale.ordered)
    return { kind: "grades", spread: (scale.values.length - 1) / 4 };
  return { kind: "share", spread: 0.5 };
}
