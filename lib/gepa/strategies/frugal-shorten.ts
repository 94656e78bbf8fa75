import { SEED_CANDIDATE_ID } from "../candidate";
import { type Member, memberOf, type SearchState } from "../state";
import type { FrugalRun } from "./frugal-run";
import { type Syllabus, syllabusOf } from "./frugal-teaching";

/** A proposal that asks for a shorter text, not for a better one. */
export interface Shortening {
  component: string;
  wantedChars: number;
}

/** How much of a text a shortening asks to keep. */
const KEPT_SHARE = 0.75;

/**
 * SPEC SH1: on a stall, once for each leader, and only where a text of it is longer than the starting one. Edits that
 * were accepted by luck leave sentences behind that no later edit takes out. Null = nothing to shorten now.
 */
export function shorteningFor(run: FrugalRun, state: SearchState): Shortening | null {
  const { shortenOnStall, stallAfter } = run.options;
  if (!shortenOnStall || state.health.sinceImprovement < stallAfter) return null;
  if (state.steering.pinned !== null || state.shortened.has(state.leaderId)) return null;
  const leader = memberOf(state, state.leaderId);
  const component = mostGrown(run, leader, memberOf(state, SEED_CANDIDATE_ID));
  if (component === null) return null;
  return { component, wantedChars: Math.round(KEPT_SHARE * lengthOf(leader, component)) };
}

/** The component that has gained most characters since the start; null when none is longer. */
function mostGrown(run: FrugalRun, member: Member, seed: Member): string | null {
  const growthOf = (name: string): number => lengthOf(member, name) - lengthOf(seed, name);
  const [most] = run.components.toSorted((a, b) => growthOf(b) - growthOf(a));
  return most !== undefined && growthOf(most) > 0 ? most : null;
}

function lengthOf({ candidate }: Member, component: string): number {
  return (candidate[component] ?? "").length;
}

/** SPEC SH2: the best known answers of the parent, so that what they follow can be told from what nothing follows. */
export function shorteningSyllabus(run: FrugalRun, parent: Member, teachable: readonly string[]): Syllabus {
  const scoreOf = (id: string): number => parent.readings.get(id)?.score ?? 0;
  const known = teachable.filter((id) => parent.readings.has(id)).toSorted((a, b) => scoreOf(b) - scoreOf(a));
  return syllabusOf([
    known.slice(0, run.options.reflectionExamples).map((exampleId) => ({ exampleId, by: parent })),
  ]);
}
