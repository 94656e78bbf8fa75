import { SEED_CANDIDATE_ID } from "./candidate";
import type { ControlInput } from "./ports";
import type { SearchState, Steering } from "./state";

const STOP_DETAILS = {
  user: "Stopped by a person; the best candidate so far is kept.",
  money: "The money cap of this run is reached.",
  time: "The time cap of this run is reached.",
} as const;

/** What an input from outside does to the search (SPEC CO2). Unknown candidates change nothing. */
export function applyInput(state: SearchState, input: ControlInput): SearchState {
  switch (input.kind) {
    case "stop":
      return { ...state, stop: state.stop ?? { reason: input.reason, detail: STOP_DETAILS[input.reason] } };
    case "hint":
      return steer(state, {
        hints: [...state.steering.hints.filter((text) => text !== input.text), input.text],
      });
    case "withdraw-hint":
      return steer(state, { hints: state.steering.hints.filter((text) => text !== input.text) });
    case "exclude-candidate":
      return exclude(state, input.candidateId);
    case "pin-parent":
      return pin(state, input.candidateId);
    case "add-candidate": {
      const { parentId, components, summary } = input;
      return steer(state, { edits: [...state.steering.edits, { parentId, components, summary }] });
    }
    case "raise-budget":
      // The ledger holds the budget, not the state (`hearControl`).
      return state;
  }
}

/** The seed is what the run falls back on, so it cannot be excluded. */
function exclude(state: SearchState, candidateId: string): SearchState {
  if (candidateId === SEED_CANDIDATE_ID || !state.members.some(({ id }) => id === candidateId)) return state;
  const excluded = new Set([...state.steering.excluded, candidateId]);
  const pinned = state.steering.pinned === candidateId ? null : state.steering.pinned;
  return steer(state, { excluded, pinned });
}

function pin(state: SearchState, candidateId: string | null): SearchState {
  if (candidateId === null) return steer(state, { pinned: null });
  const isKnown = state.members.some(({ id, isAccepted }) => id === candidateId && isAccepted);
  return isKnown && !state.steering.excluded.has(candidateId) ? steer(state, { pinned: candidateId }) : state;
}

function steer(state: SearchState, change: Partial<Steering>): SearchState {
  return { ...state, steering: { ...state.steering, ...change } };
}
