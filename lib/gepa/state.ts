import { candidateKey, dedupeKey, SEED_CANDIDATE_ID } from "./candidate";
import type { HandEdit } from "./ports";
import type { RejectedEdit } from "./reflection-prompt";
import type { Runnable, ScoredRollout } from "./rollout-desk";
import type { Candidate, CandidateId, ExampleId, StopReason } from "./types";

/** A candidate that was evaluated, accepted or not, with everything known of it. */
export interface Member extends Runnable {
  parentIds: readonly CandidateId[];
  isAccepted: boolean;
  readings: ReadonlyMap<ExampleId, ScoredRollout>;
  /** Ids that could not be scored after all re-runs; they are not asked for again. */
  failed: ReadonlySet<ExampleId>;
  /** How often each example was shown to the reflection model with this parent. */
  shown: ReadonlyMap<ExampleId, number>;
  /** Round robin over components: the next one to change. */
  componentPointer: number;
}

export interface Stop {
  reason: StopReason;
  detail: string;
}

/** What people asked for while the run was going on. */
export interface Steering {
  hints: readonly string[];
  excluded: ReadonlySet<CandidateId>;
  pinned: CandidateId | null;
  /** Texts by people that wait for their turn, oldest first. */
  edits: readonly HandEdit[];
}

/** Counters the stop rules look at. */
export interface Health {
  /** Whether each of the last rollouts was scored in the end, re-runs included. */
  recentRollouts: readonly boolean[];
  rolloutsSeen: number;
  /** Proposals in a row whose reflection gave nothing usable. */
  unusableInRow: number;
  /** Proposals in a row on which no metric call was spent. */
  refusedInRow: number;
  /** Proposals decided since the recommendation last changed. */
  sinceImprovement: number;
  /** What each decided proposal added to the estimate of the recommendation; 0 when it changed nothing. */
  gains: readonly number[];
  /** Evaluated proposals in a row that scored exactly like the incumbent everywhere, and on how many pairs. */
  unmovedInRow: number;
  unmovedPairs: number;
}

/** The search after some decision. Never changed in place: a lane keeps the state it was launched with. */
export interface SearchState {
  members: readonly Member[];
  /** Examples that left the comparison because they cannot be scored, with the cause. */
  unscorable: ReadonlyMap<ExampleId, string>;
  /** Identity of every text tried or refused. */
  triedKeys: ReadonlySet<string>;
  /** Leaders of which a shorter text was asked for; each is asked for once. */
  shortened: ReadonlySet<CandidateId>;
  rejectedEdits: readonly RejectedEdit[];
  steering: Steering;
  health: Health;
  /** Proposals started. */
  proposals: number;
  /** Believed best of the accepted candidates: the one that children have to beat. */
  leaderId: CandidateId;
  /** Best of those that may be recommended (floors, exclusions). */
  recommendedId: CandidateId;
  stop: Stop | null;
}

export function initialState(seedCandidate: Candidate): SearchState {
  return {
    members: [createMember(SEED_CANDIDATE_ID, seedCandidate, [], { isAccepted: true })],
    unscorable: new Map(),
    triedKeys: new Set([dedupeKey(seedCandidate)]),
    shortened: new Set(),
    rejectedEdits: [],
    steering: { hints: [], excluded: new Set(), pinned: null, edits: [] },
    health: {
      recentRollouts: [],
      rolloutsSeen: 0,
      unusableInRow: 0,
      refusedInRow: 0,
      sinceImprovement: 0,
      gains: [],
      unmovedInRow: 0,
      unmovedPairs: 0,
    },
    proposals: 0,
    leaderId: SEED_CANDIDATE_ID,
    recommendedId: SEED_CANDIDATE_ID,
    stop: null,
  };
}

export function createMember(
  id: CandidateId,
  candidate: Candidate,
  parentIds: readonly CandidateId[],
  known: Partial<Pick<Member, "isAccepted" | "readings" | "failed" | "componentPointer">> = {},
): Member {
  const nothing = {
    isAccepted: false,
    readings: new Map(),
    failed: new Set<ExampleId>(),
    componentPointer: 0,
  };
  return { id, candidate, key: candidateKey(candidate), parentIds, shown: new Map(), ...nothing, ...known };
}

/** Throws when the id is unknown, which is a bug. */
export function memberOf(state: SearchState, id: CandidateId): Member {
  const member = state.members.find((candidate) => candidate.id === id);
  if (member === undefined) throw new Error(`no candidate ${id}`);
  return member;
}

/** The state with one member changed. */
export function withMember(
  state: SearchState,
  id: CandidateId,
  change: (member: Member) => Member,
): SearchState {
  return { ...state, members: state.members.map((member) => (member.id === id ? change(member) : member)) };
}

/** The member with more readings; an id that failed now and was scored before stays scored. */
export function withReadings(
  member: Member,
  scored: ReadonlyMap<ExampleId, ScoredRollout>,
  failed: Iterable<ExampleId> = [],
): Member {
  const readings = new Map([...member.readings, ...scored]);
  return {
    ...member,
    readings,
    failed: new Set([...member.failed, ...failed].filter((id) => !readings.has(id))),
  };
}

const RECENT_ROLLOUTS = 50;

export function withOutcomes(state: SearchState, outcomes: readonly boolean[]): SearchState {
  const recentRollouts = [...state.health.recentRollouts, ...outcomes].slice(-RECENT_ROLLOUTS);
  return {
    ...state,
    health: { ...state.health, recentRollouts, rolloutsSeen: state.health.rolloutsSeen + outcomes.length },
  };
}

/** The line of first parents, the nearest first. */
export function ancestorsOf(state: SearchState, member: Member): Member[] {
  const ancestors: Member[] = [];
  let [next] = member.parentIds;
  while (next !== undefined) {
    const ancestor = memberOf(state, next);
    ancestors.push(ancestor);
    [next] = ancestor.parentIds;
  }
  return ancestors;
}

export function acceptedMembers(state: SearchState): Member[] {
  return state.members.filter(({ isAccepted }) => isAccepted);
}

export function stopWith(state: SearchState, reason: StopReason, detail: string): SearchState {
  return { ...state, stop: { reason, detail } };
}
