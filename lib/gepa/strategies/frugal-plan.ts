import { clamp } from "@/lib/util/math";
import type { Wallet } from "../budget";
import { proposalIdOf } from "../candidate";
import type { ParentPick } from "../events";
import { frontWeights } from "../front";
import type { FrugalOptions } from "../options";
import type { HandEdit } from "../ports";
import { estimateNoise, type NoiseModel } from "../posterior";
import type { RaceThresholds } from "../race";
import { eligibleMembers, prunedFront } from "../recommend";
import { type Member, memberOf, type SearchState } from "../state";
import type { CandidateId, ProposalId } from "../types";
import type { FrugalRun } from "./frugal-run";
import { type Shortening, shorteningFor } from "./frugal-shorten";

/** Everything a lane needs, fixed when it is launched (SPEC LA1). */
export interface Plan {
  proposalId: ProposalId;
  parent: Member;
  leader: Member;
  /** A second parent to learn from, when this proposal is a crossover. */
  partner: Member | null;
  /** The component of each reflection in the chain; one, except at the opening. */
  links: readonly string[];
  thresholds: RaceThresholds;
  noise: NoiseModel;
  wallet: Wallet;
  /** When a shorter text is asked for, not a better one; null = a better one. */
  shortening: Shortening | null;
  /** Proposals in flight at launch: each shows its examples in another order, so that no two ask the same (SPEC LA4). */
  inFlight: number;
  /** A person's text, which takes the place of a reflection; null = reflect. */
  edit: HandEdit | null;
}

export function parentIdsOf({ parent, partner }: Plan): CandidateId[] {
  return partner === null ? [parent.id] : [parent.id, partner.id];
}

/** Picks parent and components for the next proposal, and journals the pick. */
export function planProposal(run: FrugalRun, state: SearchState, wallet: Wallet, inFlight: number): Plan {
  const proposalId = proposalIdOf(state.proposals + 1);
  const [edit = null] = state.steering.edits;
  const shortening = edit === null ? shorteningFor(run, state) : null;
  const { parent, pick } = pickFor(run, state, proposalId, { edit, shortening });
  const partner = run.options.crossover && pick === "front" ? partnerOf(run, state, parent) : null;
  run.journal.decide({ type: "parent-selected", proposalId, parentId: parent.id, pick });
  if (partner !== null)
    run.journal.decide({ type: "crossover-proposed", proposalId, parentIds: [parent.id, partner.id] });
  return {
    proposalId,
    parent,
    leader: memberOf(state, state.leaderId),
    partner,
    links: linksOf(run, parent, { edit, shortening }, state.proposals === 0 ? run.options.openingChain : 1),
    thresholds: thresholdsAt(run.ledger.max - run.ledger.used(), run.options),
    noise: estimateNoise(state.members),
    wallet,
    shortening,
    inFlight,
    edit,
  };
}

type Occasion = Pick<Plan, "edit" | "shortening">;

function pickFor(
  run: FrugalRun,
  state: SearchState,
  proposalId: ProposalId,
  { edit, shortening }: Occasion,
): { parent: Member; pick: ParentPick } {
  if (edit !== null) return parentOfEdit(state, edit);
  if (shortening !== null) return { parent: memberOf(state, state.leaderId), pick: "to-shorten" };
  return pickParent(run, state, proposalId);
}

/** The components that are worked on, one for each reflection. */
function linksOf(run: FrugalRun, parent: Member, { edit, shortening }: Occasion, chain: number): string[] {
  if (edit !== null) return changedComponents(run, parent, edit);
  if (shortening !== null) return [shortening.component];
  const { components } = run;
  return Array.from(
    { length: chain },
    (_, link) => components[(parent.componentPointer + link) % components.length] as string,
  );
}

/** How far this proposal moves the round robin over components on; what chose its component itself moves it nowhere. */
export function turnsOf({ edit, shortening, links }: Plan): number {
  return edit === null && shortening === null ? links.length : 0;
}

function parentOfEdit(state: SearchState, { parentId }: HandEdit): { parent: Member; pick: ParentPick } {
  const parent = state.members.find(({ id }) => id === parentId) ?? memberOf(state, state.leaderId);
  return { parent, pick: "by-hand" };
}

function changedComponents(run: FrugalRun, parent: Member, { components }: HandEdit): string[] {
  const changed = run.components.filter(
    (name) => (components[name] ?? parent.candidate[name]) !== parent.candidate[name],
  );
  return changed.length > 0 ? changed : run.components.slice(0, 1);
}

/** Greedy while it gains; once it stalls, every other proposal starts from a draw on the front (SPEC FS3). */
function pickParent(
  run: FrugalRun,
  state: SearchState,
  proposalId: ProposalId,
): { parent: Member; pick: ParentPick } {
  const { pinned } = state.steering;
  if (pinned !== null) return { parent: memberOf(state, pinned), pick: "pinned" };
  if (eligibleMembers(state).length === 1) return { parent: memberOf(state, state.leaderId), pick: "only" };
  const { sinceImprovement } = state.health;
  const isStalled = sinceImprovement >= run.options.stallAfter && sinceImprovement % 2 === 0;
  if (!isStalled) return { parent: memberOf(state, state.leaderId), pick: "best" };
  const { members, fronts } = prunedFront(state, run.valIds);
  const weights = [...frontWeights(fronts)];
  if (weights.length === 0) return { parent: memberOf(state, state.leaderId), pick: "best" };
  const [index] = run.draw("parent", proposalId).weighted(weights, ([, weight]) => weight);
  return { parent: members[index] as Member, pick: "front" };
}

/** The eligible candidate that does better than the parent on most examples; null when none does on any. */
function partnerOf(run: FrugalRun, state: SearchState, parent: Member): Member | null {
  const winsOf = (member: Member): number => winningIds(run, member, parent).length;
  const best = eligibleMembers(state).reduce<Member | null>(
    (top, member) => (winsOf(member) > (top === null ? 0 : winsOf(top)) ? member : top),
    null,
  );
  return best;
}

/** Examples on which one member was scored higher than the other. */
export function winningIds(run: FrugalRun, member: Member, other: Member): string[] {
  return run.order.filter((id) => {
    const [own, others] = [member.readings.get(id)?.score, other.readings.get(id)?.score];
    return own !== undefined && others !== undefined && own > others;
  });
}

const LOOSE_AT_CALLS = 60;
const STRICT_AT_CALLS = 300;

/** Loose when few calls are left, strict when many: a wrong acceptance is repaired only where there is time (SPEC RA4). */
export function thresholdsAt(callsLeft: number, options: FrugalOptions): RaceThresholds {
  const strictness = clamp((callsLeft - LOOSE_AT_CALLS) / (STRICT_AT_CALLS - LOOSE_AT_CALLS), 0, 1);
  const between = (loose: number, strict: number): number => loose + strictness * (strict - loose);
  return {
    accept: between(options.acceptProbability, options.strictAcceptProbability),
    drop: between(options.dropProbability, options.strictDropProbability),
  };
}
