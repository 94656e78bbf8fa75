import { SEED_CANDIDATE_ID } from "./candidate";
import { bestOnExamples, type Fronts, frontsOf, pruneFronts } from "./front";
import type { DecisionBody } from "./journal";
import { estimateNoise } from "./posterior";
import { type ExampleNumbers, estimateQualities } from "./qualities";
import { judgesBelowFloor, knownMean } from "./scores";
import { acceptedMembers, type Member, type SearchState } from "./state";
import type { CandidateId, ExampleId } from "./types";

/** Accepted candidates that a person did not exclude; never empty, the seed stays. */
export function eligibleMembers(state: SearchState): Member[] {
  return acceptedMembers(state).filter(({ id }) => !state.steering.excluded.has(id));
}

/**
 * Who leads and who is recommended now (SPEC RC1): highest posterior mean, the earlier on ties; floors for the latter.
 * `exampleIds` are all examples of the run, in its order.
 */
export function rank(
  state: SearchState,
  exampleIds: readonly ExampleId[],
  floors: Readonly<Record<string, number>>,
): { leaderId: CandidateId; recommendedId: CandidateId; qualities: ReadonlyMap<CandidateId, number> } {
  const qualities = qualitiesOf(state.members, exampleIds);
  const ranked = eligibleMembers(state).toSorted(
    (a, b) => (qualities.get(b.id) ?? 0) - (qualities.get(a.id) ?? 0),
  );
  const allowed = ranked.find(
    (member) => member.id === SEED_CANDIDATE_ID || judgesBelowFloor(member, exampleIds, floors).length === 0,
  );
  return {
    leaderId: ranked[0]?.id ?? SEED_CANDIDATE_ID,
    recommendedId: allowed?.id ?? SEED_CANDIDATE_ID,
    qualities,
  };
}

const known = new WeakMap<readonly Member[], ReadonlyMap<CandidateId, number>>();

/** Posterior qualities; worked out once for each state of the members, which is asked about several times. */
function qualitiesOf(
  members: readonly Member[],
  exampleIds: readonly ExampleId[],
): ReadonlyMap<CandidateId, number> {
  const qualities =
    known.get(members) ?? estimateQualities(members, estimateNoise(members), numbersOf(exampleIds));
  known.set(members, qualities);
  return qualities;
}

const numbers = new WeakMap<readonly ExampleId[], ExampleNumbers>();

/** One numbering for each order of examples, and so for each run. */
function numbersOf(exampleIds: readonly ExampleId[]): ExampleNumbers {
  const found = numbers.get(exampleIds) ?? new Map(exampleIds.map((id, index) => [id, index]));
  numbers.set(exampleIds, found);
  return found;
}

/** Instance fronts of the eligible candidates, dominated ones removed; indexes are those of the list returned. */
export function prunedFront(
  state: SearchState,
  valIds: readonly ExampleId[],
): { members: Member[]; fronts: Fronts } {
  const members = eligibleMembers(state);
  const val = new Set(valIds);
  const raw = frontsOf(
    "instance",
    members.map((member) => ({ scores: scoresOn(member, valIds, val), objectives: new Map() })),
    valIds,
  );
  const means = members.map((member) => knownMean(member, valIds) ?? 0);
  return { members, fronts: pruneFronts(raw, (index) => means[index] as number) };
}

const scoresKnown = new WeakMap<
  Member["readings"],
  { valIds: readonly ExampleId[]; scores: ReadonlyMap<ExampleId, number> }
>();

/** A member's scores on the valset; kept as long as it has no new reading. */
function scoresOn(
  { readings }: Member,
  valIds: readonly ExampleId[],
  val: ReadonlySet<ExampleId>,
): ReadonlyMap<ExampleId, number> {
  const known = scoresKnown.get(readings);
  if (known?.valIds === valIds) return known.scores;
  const scores = new Map<ExampleId, number>();
  for (const [id, { score }] of readings) if (val.has(id)) scores.set(id, score);
  scoresKnown.set(readings, { valIds, scores });
  return scores;
}

export function frontEvent(state: SearchState, valIds: readonly ExampleId[]): DecisionBody {
  const { members, fronts } = prunedFront(state, valIds);
  const front = [...bestOnExamples(fronts)].map(([index, bestOn]) => ({
    candidateId: (members[index] as Member).id,
    bestOn,
  }));
  return { type: "front-updated", front };
}
