import type { Rng } from "@/lib/util/rng";
import type { ExampleId } from "./types";

/**
 * Epoch-shuffled minibatches (SPEC MB1): every id once an epoch, padded to whole chunks with the least used id that came
 * last, so a chunk may hold one id twice. The position follows the iteration counter, as in the reference.
 */
export interface MinibatchSampler {
  /** `task` counts the proposals of one iteration from 0; iterations count from 0. */
  next(iteration: number, task: number): readonly ExampleId[];
}

export function createEpochSampler(
  exampleIds: readonly ExampleId[],
  size: number,
  drawEpoch: (epoch: number) => Rng,
): MinibatchSampler {
  if (exampleIds.length === 0) throw new RangeError("no example to sample from");
  let epoch = -1;
  let order: readonly ExampleId[] = [];
  return {
    next(iteration, task) {
      const position = iteration * size;
      const due = order.length === 0 ? 0 : Math.floor(position / order.length);
      if (due > epoch) {
        epoch = due;
        order = padToChunks(drawEpoch(epoch).shuffle(exampleIds), size);
      }
      const start = (position + task * size) % order.length;
      return order.slice(start, start + size);
    },
  };
}

/** Appends the least used id, the latest inserted on ties, until the list is whole chunks. */
export function padToChunks(ids: readonly ExampleId[], size: number): ExampleId[] {
  const padded = [...ids];
  const uses = new Map(ids.map((id) => [id, 1]));
  while (padded.length % size !== 0) {
    const least = Math.min(...uses.values());
    const id = ids.findLast((candidate) => uses.get(candidate) === least) as ExampleId;
    padded.push(id);
    uses.set(id, least + 1);
  }
  return padded;
}
