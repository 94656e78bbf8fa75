import { describe, expect, test } from "vitest";
import { readDataSections } from "@/lib/util/fence";
import { optimize } from "./optimize";
import type { FrugalOptions, OptimizeInput } from "./options";
import {
  componentIn,
  decisionsOf,
  type FakeParts,
  fakeDeps,
  inputOf,
  replyWith,
  scored,
} from "./testing/fakes";

const OPTIONS: Partial<FrugalOptions> = {
  seedIds: 8,
  openingChain: 1,
  stallAfter: 2,
  acceptProbability: 0.7,
  shortenOnStall: true,
};
const GROWN = "Answer.\nCheck the date.\nMind the weather.";

const wantedIn = (prompt: string): string | undefined =>
  readDataSections(prompt).find(({ name }) => name === "wanted-length")?.text;

/** The first edit helps and the text has grown; every later one does harm; a shorter text scores as `shorter` says. */
async function search(
  change: Partial<OptimizeInput> = {},
  {
    shorter = 0.5,
    shorten = "Answer.\nCheck the date.",
    ...parts
  }: Partial<FakeParts> & { shorter?: number; shorten?: string } = {},
) {
  const deps = fakeDeps({
    evaluate: ({ candidate }) => {
      const text = candidate.system ?? "";
      if (text === shorten) return scored(shorter);
      if (text.includes("worse")) return scored(0.25);
      return scored(text.includes("date") ? 0.5 : 0.25);
    },
    reflect: (prompt, key) => {
      if (wantedIn(prompt) !== undefined) return replyWith(shorten);
      return replyWith(key === "p1-r1" ? GROWN : `${componentIn(prompt)}\nworse ${key}`);
    },
    ...parts,
  });
  await optimize(
    inputOf({
      seedCandidate: { system: "Answer." },
      maxMetricCalls: 120,
      ...change,
      frugal: { ...OPTIONS, ...change.frugal },
    }),
    deps,
  );
  const decisions = decisionsOf(deps);
  const picks = decisions.flatMap((event) => (event.type === "parent-selected" ? event : []));
  const asked = deps.prompts.filter(({ user }) => wantedIn(user) !== undefined);
  return { deps, decisions, picks, asked, shortenings: picks.filter(({ pick }) => pick === "to-shorten") };
}

describe("SH1 when a shorter text is asked for", () => {
  test("on a stall, of the leader, once for each leader", async () => {
    const { picks, shortenings, asked } = await search({}, { shorter: 0.25 });
    expect(picks.slice(0, 4).map(({ pick }) => pick)).toEqual(["only", "best", "best", "to-shorten"]);
    expect(shortenings).toEqual([expect.objectContaining({ proposalId: "p4", parentId: "c1" })]);
    expect(asked).toHaveLength(1);
    expect(picks.length).toBeGreaterThan(8);
  });

  test("again when the shorter text has become the leader and stalls too", async () => {
    const { shortenings } = await search({ maxMetricCalls: 200 }, { shorter: 0.75 });
    expect(shortenings.map(({ parentId }) => parentId)).toEqual(["c1", "c4"]);
  });

  test("never of a text that has not grown, with a parent pinned, or with the measure off", async () => {
    const same = await search({ seedCandidate: { system: `${GROWN} And much else besides.` } });
    const pinned = await search(
      {},
      { inputs: (at) => (at === 4 ? [{ kind: "pin-parent", candidateId: "c0" }] : []) },
    );
    const off = await search({ frugal: { shortenOnStall: false } });
    for (const { shortenings, picks } of [same, pinned, off]) {
      expect(shortenings).toEqual([]);
      expect(picks.length).toBeGreaterThan(4);
    }
  });

  test("the component that has grown most is shortened, and the round robin stays where it is", async () => {
    const seedCandidate = { first: "Answer.", second: "A rather long second text that stays." };
    const long = `Answer.\nCheck the date.\n${"Mind the weather. ".repeat(5)}Stop.`;
    const { asked, decisions } = await search(
      { seedCandidate },
      {
        evaluate: ({ candidate }) =>
          scored(candidate.first === long && candidate.second === seedCandidate.second ? 0.5 : 0.25),
        reflect: (prompt, key) => replyWith(key === "p1-r1" ? long : `${componentIn(prompt)} ${key}`),
      },
    );
    expect(asked).toHaveLength(1);
    expect(componentIn(asked[0]!.user)).toBe(long);
    const worked = decisions.flatMap((event) => (event.type === "minibatch-chosen" ? event.component : []));
    expect(worked.slice(0, 5)).toEqual(["first", "second", "first", "first", "second"]);
  });
});

test("SH2 the request names the length, shows the best known answers, and asks to add nothing", async () => {
  const { asked } = await search(
    {
      frugal: { reflectionExamples: 3 },
    },
    {
      evaluate: ({ candidate, exampleId }) => {
        const text = candidate.system ?? "";
        if (text.includes("worse") || !text.includes("date")) return scored(0);
        return scored(Number(exampleId.slice(1)) % 2 === 0 ? 0.75 : 0.25);
      },
    },
  );
  const [{ user } = { user: "" }] = asked;
  expect(wantedIn(user)).toBe(`${Math.round(0.75 * GROWN.length)} characters`);
  const scores = readDataSections(user).flatMap(({ name, text }) => (name === "example-score" ? text : []));
  expect(scores).toHaveLength(3);
  expect(scores).toEqual(scores.toSorted().reverse());
  expect(scores[0]).toBe("0.75 of 1");
  expect(user).toContain("Add nothing.");
  expect(user).not.toContain("Find out what the weak answers have in common");
});

test("SH3 a shorter text races like any other: it is accepted only when the scores speak for it", async () => {
  const [worse, better] = [await search({}, { shorter: 0.25 }), await search({}, { shorter: 0.75 })];
  const endOf = ({ decisions }: typeof worse) =>
    decisions.find(
      (event) => "proposalId" in event && event.proposalId === "p4" && /^candidate-/.test(event.type),
    )?.type;
  expect(endOf(worse)).toBe("candidate-rejected");
  expect(endOf(better)).toBe("candidate-accepted");
});
