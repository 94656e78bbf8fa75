import { readDataSections } from "@/lib/util/fence";
import type { DecisionEvent, GepaEvent } from "../events";
import { fenceFor } from "../fences";
import type { OptimizeInput } from "../options";
import type {
  Archive,
  Control,
  ControlInput,
  EngineDeps,
  Evaluator,
  Reflector,
  ReflectorReply,
} from "../ports";
import type { Example, Proposal, Rollout, RolloutRequest } from "../types";

/** Everything a test may want to look at after a run. */
export interface FakeDeps extends EngineDeps {
  events: GepaEvent[];
  requests: RolloutRequest[];
  prompts: { callKey: string; system: string; user: string }[];
  proposals: Proposal[];
}

export interface FakeParts {
  evaluate: (request: RolloutRequest, signal: AbortSignal) => Rollout | Promise<Rollout>;
  reflect: (prompt: string, callKey: string, signal: AbortSignal) => ReflectorReply | Promise<ReflectorReply>;
  inputs?: (decision: number) => readonly ControlInput[] | Promise<readonly ControlInput[]>;
  signal?: AbortSignal;
}

/** Ports made of plain functions, with a record of everything that passed through them. */
export function fakeDeps(parts: FakeParts): FakeDeps {
  const events: GepaEvent[] = [];
  const requests: RolloutRequest[] = [];
  const prompts: FakeDeps["prompts"] = [];
  const proposals: Proposal[] = [];
  const evaluator: Evaluator = {
    async evaluate(request, signal) {
      requests.push(request);
      return parts.evaluate(request, signal);
    },
  };
  const reflector: Reflector = {
    async reflect({ callKey, prompt }, signal) {
      prompts.push({ callKey, ...prompt });
      return parts.reflect(prompt.user, callKey, signal);
    },
  };
  const control: Control = { inputsAfter: async (decision) => (await parts.inputs?.(decision)) ?? [] };
  const archive: Archive = { saveProposal: (proposal) => void proposals.push(proposal) };
  return {
    evaluator,
    reflector,
    control,
    archive,
    clock: { now: () => 0 },
    emit: (event) => void events.push(event),
    signal: parts.signal ?? new AbortController().signal,
    events,
    requests,
    prompts,
    proposals,
  };
}

export function decisionsOf(deps: FakeDeps): DecisionEvent[] {
  return deps.events.filter((event): event is DecisionEvent => "decision" in event);
}

export function scored(score: number, feedback = `feedback at ${score}`): Rollout {
  return {
    status: "scored",
    score,
    objectives: { judge: score },
    output: `an answer worth ${score}`,
    feedback,
  };
}

export function failed(answered = true, cause = "the judge could not be read"): Rollout {
  return { status: "failed", cause, answered };
}

/** A reflection reply with the text in a fence, and optionally a report of changes. */
export function replyWith(text: string, report?: unknown): ReflectorReply {
  const fence = fenceFor(text);
  const blocks = [`${fence}component\n${text}\n${fence}`];
  if (report !== undefined) blocks.push(`\`\`\`changes\n${JSON.stringify(report)}\n\`\`\``);
  return { status: "answered", text: blocks.join("\n\n"), truncated: false };
}

/** The current text of the component that a prompt asks about. */
export function componentIn(prompt: string): string {
  const section = readDataSections(prompt).find(({ name }) => name === "component");
  if (section === undefined) throw new Error("the prompt holds no component");
  return section.text;
}

export function examplesOf(prefix: string, count: number): Example[] {
  return Array.from({ length: count }, (_, index) => exampleOf(`${prefix}${index}`));
}

export function exampleOf(id: string): Example {
  return { id, inputs: `question ${id}`, expectations: `what ${id} needs`, tags: [] };
}

export function inputOf(change: Partial<OptimizeInput> = {}): OptimizeInput {
  const examples = examplesOf("r", 12);
  return {
    seedCandidate: { system: "s" },
    trainset: examples,
    valset: examples,
    maxMetricCalls: 60,
    seed: 1,
    strategy: "frugal",
    lanes: 1,
    concurrency: 4,
    targetScore: 1,
    floors: {},
    guidance: {
      description: "",
      keepVariables: {},
      guidelines: [],
      maxComponentChars: 4000,
      editStyle: "small-edits",
    },
    ...change,
  };
}
