import type { Rng } from "@/lib/util/rng";
import type { ParentPick } from "./events";
import { type Fronts, frontWeights, pruneFronts } from "./front";
import type { ReferenceOptions } from "./options";

/** What a selector looks at: mean scores by candidate index, and the raw fronts. */
export interface SelectionView {
  means: readonly number[];
  fronts: Fronts;
}

export interface Picked {
  index: number;
  pick: ParentPick;
}

export type CandidateSelector = (view: SelectionView, rng: Rng) => Picked;

/** First index of the highest mean (SPEC SE1). */
export function bestIndex(means: readonly number[]): number {
  let best = 0;
  for (const [index, value] of means.entries()) if (value > (means[best] as number)) best = index;
  return best;
}

const currentBest: CandidateSelector = ({ means }) => ({
  index: bestIndex(means),
  pick: means.length === 1 ? "only" : "best",
});

/** Draws a survivor of the pruned fronts, each as often as it is on a front (SPEC SE2). */
const pareto: CandidateSelector = ({ means, fronts }, rng) => {
  if (means.length === 1) return { index: 0, pick: "only" };
  const weights = frontWeights(pruneFronts(fronts, (index) => means[index] as number));
  const tickets = [...weights].flatMap(([index, weight]) => Array<number>(weight).fill(index));
  return { index: rng.pick(tickets), pick: "front" };
};

/** Explores any candidate, dominated ones too, with probability ε (SPEC SE3). */
const epsilonGreedy =
  (epsilon: number): CandidateSelector =>
  (view, rng) =>
    rng.next() < epsilon ? { index: rng.int(view.means.length), pick: "epsilon" } : currentBest(view, rng);

/** The Pareto pick among the k best means; when no front holds one of them, the best (SPEC SE4). */
const topKPareto =
  (k: number): CandidateSelector =>
  (view, rng) => {
    const order = view.means
      .map((_, index) => index)
      .sort((a, b) => (view.means[b] as number) - (view.means[a] as number));
    const top = new Set(order.slice(0, k));
    const kept = [...view.fronts].map(
      ([key, members]) => [key, members.filter((index) => top.has(index))] as const,
    );
    const fronts = new Map(kept.filter(([, members]) => members.length > 0));
    if (fronts.size === 0) return currentBest(view, rng);
    return { ...pareto({ means: view.means, fronts }, rng), pick: "top-k" };
  };

export function candidateSelectorOf(options: ReferenceOptions): CandidateSelector {
  switch (options.selector) {
    case "pareto":
      return pareto;
    case "current-best":
      return currentBest;
    case "epsilon-greedy":
      return epsilonGreedy(options.epsilon);
    case "top-k-pareto":
      return topKPareto(options.topK);
  }
}
