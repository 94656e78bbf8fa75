import { afterEach, describe, expect, it } from "vitest";
import type { PromptChecks } from "@/lib/contracts/prompt-checks";
import type { FetchLike } from "@/lib/llm";
import { type ReviewWorld, reviewWorld } from "../reviews/testing/review-world";

let world: ReviewWorld;
afterEach(() => world.server.close());

const name = () => world.repos.prompts.list(world.projectId)[0]?.name ?? "";
const page = () => world.services.promptChecks.get(world.actor, name());
const age = () => world.services.prompts.list(world.actor, world.projectId)[0]?.evidenceAge;
const lookId = () => {
  const [review] = world.repos.reviews.list(world.projectId);
  return world.repos.evidence.listByReview(review?.id ?? "")[0]?.id ?? "";
};

async function promote(): Promise<void> {
  const review = world.acceptAll(await world.withEvidence(world.handWritten()));
  world.services.reviews.promote(world.actor, review.id, {
    expectedCurrent: 1,
    reason: "x",
    override: false,
  });
}

async function check(): Promise<PromptChecks> {
  world.services.promptChecks.start(world.actor, name());
  await world.server.idle();
  return page();
}

/** From the moment that `spoil` is on, every answer of the assistant is of no use. */
function withSpoiledAnswers() {
  const state = { spoil: false };
  const wrap =
    (fetch: FetchLike): FetchLike =>
    async (input, init) => {
      const response = await fetch(input, init);
      if (!state.spoil || !String(init?.body).includes('"sim-task"')) return response;
      const body = (await response.json()) as { choices: { message: { content: string } }[] };
      for (const { message } of body.choices) message.content = "No idea.";
      return Response.json(body);
    };
  return { state, wrap };
}

/** A stricter judge in use. */
function changeJudge(): string {
  const [judge] = world.services.judges.list(world.actor, world.projectId);
  const base = world.repos.judges.inUse(judge?.id ?? "");
  const draft = world.services.judges.edit(world.actor, judge?.id ?? "", {
    baseVersionId: base?.id ?? "",
    instructions: `${base?.instructions}\nBe strict.`,
  });
  world.services.judges.use(world.actor, judge?.id ?? "", draft.id);
  return draft.id;
}

describe("what is in production, checked again", () => {
  it("what came without evidence has nothing to be checked against", () => {
    world = reviewWorld();
    expect(page()).toMatchObject({ version: 1, reviewId: null, checks: [], offer: { records: 0 } });
    expect(page().offer.blocked).toContain("came without a comparison on sealed records");
    expect(() => world.services.promptChecks.start(world.actor, name())).toThrow(
      expect.objectContaining({ code: "not-ready" }),
    );
  });

  it("pairs the answers of then with fresh ones on the same records; the grades of then are known and not bought again", async () => {
    world = reviewWorld();
    await promote();
    expect(page().offer).toMatchObject({ number: 1, blocked: null });
    const { checks, offer } = await check();
    const [done] = checks;
    expect(done).toMatchObject({ number: 1, version: 2, state: "done", simulated: true });
    const { counts, pairs, sentence } = done!.result!;
    expect(counts.better + counts.worse + counts.same).toBe(18);
    expect(sentence).toMatch(
      /^On 18 sealed records: \d+ better, \d+ worse, \d+ the same\. \d\.\d then, \d\.\d now\./,
    );
    expect(done?.result?.verdict).toBe("no-clear-change");
    const owner = { kind: "prompt-check", id: done?.id ?? "" } as const;
    const read = world.repos.rollouts.listByOwner(owner);
    const kept = world.repos.rollouts.listByOwner({ kind: "evidence", id: lookId() });
    for (const { recordId, output, score } of read.filter(({ candidateId }) => candidateId === "kept")) {
      const own = kept.filter((one) => one.candidateId === "candidate" && one.recordId === recordId);
      expect(own.map((one) => [one.output, one.score])).toContainEqual([output, score]);
    }
    const now = read.filter(({ candidateId }) => candidateId === "fresh");
    expect(now).toHaveLength(offer.records);
    expect(now.every(({ paid }) => paid)).toBe(true);
    const job = world.repos.promptChecks.byId(done?.id ?? "")?.jobId ?? "";
    const calls = world.repos.paidCalls.totals(job).reduce((all, one) => all + one.calls, 0);
    expect(calls).toBe(2 * offer.records);
    expect(pairs.map(({ outcome }) => outcome)).toHaveLength(18);
    expect(offer.number).toBe(2);
  });

  it("an assistant that has become worse is called that, and the evidence stays aged until it is seen to", async () => {
    const { state, wrap } = withSpoiledAnswers();
    world = reviewWorld({}, { wrapSandboxFetch: wrap });
    await promote();
    expect(age()).toBeNull();
    state.spoil = true;
    const [done] = (await check()).checks;
    expect(done?.result).toMatchObject({
      verdict: "worse",
      headline: "It answers worse than when it was promoted.",
    });
    expect(done?.result?.failing.map(({ fresh }) => fresh.output)).toEqual(["No idea.", "No idea."]);
    expect(done?.result?.pairs[0]).toMatchObject({ outcome: "worse", fresh: { output: "No idea." } });
    expect(age()).toBe("When it was checked last, it answered worse than when it was promoted.");
  });

  it("where the judge has changed both sides are graded by today's, and the evidence is renewed", async () => {
    world = reviewWorld();
    await promote();
    const today = changeJudge();
    expect(age()).toContain("The judge has changed since this look");
    expect(page().changed).toEqual([expect.stringContaining("The judge has changed")]);
    const [done] = (await check()).checks;
    const read = world.repos.rollouts.listByOwner({ kind: "prompt-check", id: done?.id ?? "" });
    const graded = read.flatMap(({ verdicts }) => verdicts.map(({ judgeVersionId }) => judgeVersionId));
    expect(new Set(graded)).toEqual(new Set([today]));
    expect(new Set(read.map(({ candidateId }) => candidateId))).toEqual(new Set(["kept", "fresh"]));
    expect(age()).toBeNull();
  });

  it("each further check asks for stronger proof", async () => {
    world = reviewWorld();
    await promote();
    await check();
    const [second, first] = (await check()).checks;
    expect([first?.result?.alpha, second?.result?.alpha]).toEqual([0.025, 0.0125]);
    expect(second?.result?.pairs.map(({ fresh }) => fresh.output)).not.toEqual(
      first?.result?.pairs.map(({ fresh }) => fresh.output),
    );
  });

  it("only one at a time; a viewer reads what was found, and starts none", async () => {
    world = reviewWorld();
    await promote();
    world.services.promptChecks.start(world.actor, name());
    expect(() => world.services.promptChecks.start(world.actor, name())).toThrow(
      expect.objectContaining({ code: "conflict" }),
    );
    await world.server.idle();
    await expect(world.services.promptChecks.control(world.actor, name(), "pause")).rejects.toMatchObject({
      code: "conflict",
    });
    const viewer = world.server.person("Vic", world.projectId, "viewer");
    expect(world.services.promptChecks.get(viewer, name()).checks).toHaveLength(1);
    expect(() => world.services.promptChecks.start(viewer, name())).toThrow(
      expect.objectContaining({ code: "forbidden" }),
    );
  });
});
