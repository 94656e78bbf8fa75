/** Public face of the engine. */

export { lessonSize } from "./defaults";
export type { GepaEvent } from "./events";
export { optimize } from "./optimize";
export type {
  FrugalOptions,
  OptimizeInput,
  ProposalGuidance,
  ReferenceOptions,
} from "./options";
export type {
  ControlInput,
  EngineDeps,
} from "./ports";
export type { OptimizeResult } from "./result";
export { sentencesOf } from "./sentences";
export type {
  Example,
  Rollout,
} from "./types";
