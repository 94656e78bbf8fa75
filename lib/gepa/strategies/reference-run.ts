import type { ReferenceOptions } from "../options";
import type { Run } from "../run-context";
import type { MinibatchSampler } from "../sampler";
import type { ReferenceDesk } from "./reference-desk";
import type { MergeBook } from "./reference-merge";

/** The run as the parts of the strategy `reference` see it. One iteration at a time, so books may change in place. */
export interface ReferenceRun extends Run {
  options: ReferenceOptions;
  sampler: MinibatchSampler;
  rollouts: ReferenceDesk;
  merges: MergeBook;
}
