import type { GepaEvent } from "./events";
import type { Candidate, CandidateId, Proposal, Rollout, RolloutRequest } from "./types";

/**
 * Runs one candidate on one example and has it judged. The host owns retries, memo across runs, money
 * and storage. A failure resolves as a failed rollout; it rejects only on abort (SPEC RO1).
 * Calling it again with an equal request must give the same answer (that is what makes resume a replay).
 */
export interface Evaluator {
  evaluate(request: RolloutRequest, signal: AbortSignal): Promise<Rollout>;
}

export interface ReflectorRequest {
  /** Stable key of this call inside the run: proposal id + attempt. Equal key, equal reply. */
  callKey: string;
  prompt: { system: string; user: string };
}

export type ReflectorReply =
  | { status: "answered"; text: string; truncated: boolean }
  | { status: "failed"; cause: string };

/** Asks the reflection model. Resolves as failed rather than rejecting, except on abort. */
export interface Reflector {
  reflect(request: ReflectorRequest, signal: AbortSignal): Promise<ReflectorReply>;
}

/** Something that reached the run from outside; journaled, so that a replay meets it at the same decision. */
export type ControlInput =
  | { kind: "stop"; reason: "user" | "money" | "time" }
  | { kind: "hint"; text: string }
  | { kind: "withdraw-hint"; text: string }
  | { kind: "exclude-candidate"; candidateId: string }
  | { kind: "pin-parent"; candidateId: string | null }
  /** More room: metric calls are the engine's, money and minutes the host's to hold. Null = as before. */
  | { kind: "raise-budget"; maxMetricCalls: number; maxUsd: number | null; maxMinutes: number | null }
  | ({ kind: "add-candidate" } & HandEdit);

/** A text that a person wrote, evaluated like any other suggested edit. */
export interface HandEdit {
  /** The candidate it was made from; when the run does not know it, the leader stands in. */
  parentId: CandidateId;
  /** Texts of the components that it changes. */
  components: Candidate;
  /** What it tries, for people. */
  summary: string;
}

/**
 * Asked before the seed is scored and before each proposal starts, with the number of the last decision; rising, never
 * twice the same. May wait (that is how a pause works: nothing new starts, flights land). On a replay it answers from
 * the journal. Where a cap must hold inside a proposal, Evaluator and Reflector answer `failed` (not answered) until the
 * next ask brings the stop.
 */
export interface Control {
  inputsAfter(decision: number, signal: AbortSignal): Promise<readonly ControlInput[]>;
}

/** Long texts go here before the event that names them, so that events stay small (ids and scores). */
export interface Archive {
  saveProposal(proposal: Proposal): void;
}

/** Milliseconds since any fixed point. Telemetry only: no decision may depend on it. */
export interface Clock {
  now(): number;
}

export interface EngineDeps {
  evaluator: Evaluator;
  reflector: Reflector;
  control: Control;
  archive: Archive;
  clock: Clock;
  /** Called in order; must not throw. Decision events carry their number, telemetry does not. */
  emit(event: GepaEvent): void;
  signal: AbortSignal;
}
