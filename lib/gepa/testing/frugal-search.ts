import { readDataSections } from "@/lib/util/fence";
import { optimize } from "../optimize";
import type { OptimizeInput } from "../options";
import type { ControlInput } from "../ports";
import { decisionsOf, type FakeParts, fakeDeps, inputOf } from "./fakes";
import { createRuleWorld } from "./rule-world";

export const world = createRuleWorld();

/** Fixed, so that a better default changes no test. */
export const OPTIONS = { seedIds: 8, openingChain: 3, acceptProbability: 0.7, dropProbability: 0.3 };

/** A search by the frugal strategy over the small world, with what it told. */
export async function search(change: Partial<OptimizeInput> = {}, parts: Partial<FakeParts> = {}) {
  const deps = fakeDeps({ evaluate: world.evaluate, reflect: world.reflect, ...parts });
  const frugal = { ...OPTIONS, ...change.frugal };
  const result = await optimize(
    inputOf({ trainset: world.examples, valset: world.examples, ...change, frugal }),
    deps,
  );
  const decisions = decisionsOf(deps);
  return { result, deps, decisions, types: decisions.map(({ type }) => type) };
}

/** The questions shown in a reflection prompt, in order. */
export const inputsIn = (prompt: string): string[] =>
  readDataSections(prompt).flatMap(({ name, text }) => (name === "example-inputs" ? text : []));

/** Controls that a person sends, all at that decision. */
export const inputsAt = (decision: number, ...inputs: ControlInput[]) => {
  const left = [...inputs];
  return { inputs: (at: number) => (at >= decision ? left.splice(0) : []) };
};
