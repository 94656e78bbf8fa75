import { drawFrom } from "@/lib/util/rng";

/** The chance of one simulated model on one request: every draw has a purpose, and the same purpose draws the same. */
export interface Draws {
  /** 0 ≤ x < 1 for this purpose. */
  at(...purpose: (string | number)[]): number;
  isBelow(probability: number, ...purpose: (string | number)[]): boolean;
  /** One of the items; throws RangeError on an empty list. */
  pick<Item>(items: readonly Item[], ...purpose: (string | number)[]): Item;
  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number, ...purpose: (string | number)[]): number;
}

/** @param scope what the draws depend on beside their purpose: seed, question, sample … */
export function createDraws(...scope: (string | number)[]): Draws {
  const at = (...purpose: (string | number)[]): number => drawFrom(scope.join("\u0001"), ...purpose);
  return {
    at,
    isBelow: (probability, ...purpose) => at(...purpose) < probability,
    pick: (items, ...purpose) => {
      const item = items[Math.floor(at(...purpose) * items.length)];
      if (item === undefined) throw new RangeError("draw from an empty list");
      return item;
    },
    between: (min, max, ...purpose) => min + Math.floor(at(...purpose) * (max - min + 1)),
  };
}
