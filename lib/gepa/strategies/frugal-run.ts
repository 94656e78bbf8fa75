import type { FrugalOptions } from "../options";
import type { Run } from "../run-context";
import type { ExampleId } from "../types";

/** The run as the parts of the strategy `frugal` see it. */
export interface FrugalRun extends Run {
  options: FrugalOptions;
  /** Every example in the fixed order in which races meet them. */
  order: readonly ExampleId[];
  /** How many of them, from the front, a race may use. */
  raceLimit: number;
}
