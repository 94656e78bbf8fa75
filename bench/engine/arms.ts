import { type FrugalOptions, lessonSize, type ReferenceOptions } from "@/lib/gepa";
import { UsageError } from "../usage-error";
import type { Regime } from "./regimes";

/** One engine setting under comparison. */
export interface Arm {
  id: string;
  name: string;
  strategy: "frugal" | "reference";
  frugal?: Partial<FrugalOptions>;
  reference?: Partial<ReferenceOptions>;
  lanes?: number;
  /** True for the published behaviour, which does not know which variables a text must keep. */
  isUnaware?: boolean;
  /** What the arm may not spend more of than the published reference did on the same world at the same budget. */
  cap?: "cost" | "dollars";
  /** Regimes in which the arm makes sense; all when absent. */
  isFor?: (regime: Regime) => boolean;
}

/** The published behaviour: looks at its budget between iterations only, evaluates whatever comes back. */
export const REFERENCE: Arm = {
  id: "reference",
  name: "reference",
  strategy: "reference",
  reference: { budgetMode: "soft" },
  isUnaware: true,
};

/** In the order of the tables; the published reference is always run, at the same and at twice the calls. */
export const ARMS: readonly Arm[] = [
  REFERENCE,
  {
    ...REFERENCE,
    id: "merge",
    name: "reference with merge",
    reference: { budgetMode: "soft", merge: { enabled: true, maxInvocations: 5, overlapFloor: 5 } },
    isFor: ({ parts }) => parts > 1,
  },
  { id: "hard", name: "reference, as the product runs it", strategy: "reference" },
  { id: "frugal", name: "frugal", strategy: "frugal" },
  { id: "equal-cost", name: "frugal at equal cost", strategy: "frugal", cap: "cost" },
  {
    id: "equal-money",
    name: "frugal at equal money",
    strategy: "frugal",
    cap: "dollars",
    // As a launch sets it where the money is expected to end the run: here it always does.
    frugal: { reflectionExamples: lessonSize(0, { high: 1 }) },
  },
  { id: "shorten", name: "frugal that shortens", strategy: "frugal", frugal: { shortenOnStall: true } },
  { id: "fast", name: "frugal, 4 lanes", strategy: "frugal", lanes: 4 },
];

/** The published implementation itself, beside ours: run when a peer is asked for. */
export const PEER_ARMS = [
  { id: "python", name: "reference, in Python", useMerge: false },
  { id: "python-merge", name: "reference with merge, in Python", useMerge: true },
] as const;

/** Arms by their ids; the reference comes along, for everything is compared with it. Throws on an unknown id. */
export function armsOf(ids: readonly string[] | null): Arm[] {
  for (const id of ids ?? [])
    if (!ARMS.some((arm) => arm.id === id))
      throw new UsageError(`No arm “${id}”. There are: ${ARMS.map((arm) => arm.id).join(", ")}.`);
  return ARMS.filter(({ id }) => ids === null || id === REFERENCE.id || ids.includes(id));
}
