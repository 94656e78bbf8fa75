import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ReviewView } from "@/lib/contracts/reviews";
import { codesOf, type ReviewWorld, refusalOf, reviewWorld, STRONGER } from "./testing/review-world";

let world: ReviewWorld;
beforeEach(() => {
  world = reviewWorld();
});
afterEach(() => world.server.close());

const production = () => world.repos.aliases.get(world.seeded.promptId, "production");
/** The stronger text in production as v2, so that a weaker one has something to lose. */
async function promoteStronger(): Promise<void> {
  promote(world.acceptAll(await world.withEvidence(world.handWritten())).id);
}
const promote = (id: string, changes = {}) =>
  world.services.reviews.promote(world.actor, id, {
    expectedCurrent: 1,
    reason: "Reads better.",
    override: false,
    ...changes,
  });

describe("a review of a run's candidate", () => {
  it("shows what was learned without breaking a seal, and is written by who launched the run", async () => {
    const review = await world.runCandidate();
    expect(review).toMatchObject({
      author: "Tester",
      baseline: { version: 1 },
      nextVersion: 2,
      evidence: null,
      looks: 0,
      simulated: true,
    });
    expect(review.decisionSentence).toBe(
      "Replaces v1 in production. You approve the words below. Model, tools and data stay as they are.",
    );
    expect(review.practice?.candidate).toBeGreaterThan(review.practice?.seed ?? 5);
    expect(review.sources.length).toBeGreaterThan(0);
    expect(
      review.sources.every(({ sentence }) =>
        review.text.replace(/\s+/g, " ").includes(sentence.replace(/\s+/g, " ")),
      ),
    ).toBe(true);
    const sealed = world.repos.records
      .listSealed(world.projectId)
      .map(({ inputs }) => inputs.messages.at(-1)?.content);
    expect(sealed.filter((question) => JSON.stringify(review).includes(JSON.stringify(question)))).toEqual(
      [],
    );
    expect(world.repos.evidence.countLooks(world.projectId)).toBe(0);
    expectWholeLook(await world.withEvidence(review), sealed.length);
  });

  /** A counted look over sealed and critical records, the same for both sides. */
  function expectWholeLook(review: ReviewView, sealed: number): void {
    const { evidence } = review;
    const critical = world.repos.records.listCritical(world.projectId).length;
    expect(evidence).toMatchObject({
      state: "done",
      look: 1,
      stale: null,
      simulated: true,
      critical: { of: critical },
    });
    expect(evidence?.pairs.filter(({ counted }) => counted)).toHaveLength(sealed);
    const { better = 0, worse = 0, same = 0, notScored = 0 } = evidence?.counts ?? {};
    expect(better + worse + same + notScored).toBe(sealed);
    expect(evidence?.losses.every(({ confirmed, readings }) => !confirmed || readings !== "")).toBe(true);
    expect(evidence?.modelCalls).toBeGreaterThan(2 * sealed);
    expect(codesOf(review)).not.toContain("evidence-missing");
  }
});

describe("one review of one content", () => {
  it("gives the open one again; another text is another review", () => {
    const first = world.handWritten();
    expect(world.handWritten().id).toBe(first.id);
    expect(world.handWritten(`${STRONGER}\n\nBe brief.`).number).toBe(first.number + 1);
  });

  it("says so when the text is the one in production, buys nothing and moves nothing", () => {
    const review = world.handWritten(world.repos.prompts.latestVersion(world.seeded.promptId)?.text);
    expect(review.decisionSentence).toContain("No candidate was better");
    expect(codesOf(review)).toContain("unchanged");
    expect(refusalOf(() => world.services.reviews.buyEvidence(world.actor, review.id)).code).toBe(
      "not-ready",
    );
    expect(refusalOf(() => promote(review.id, { override: true })).code).toBe("gate-closed");
    expect(production()?.version).toBe(1);
  });

  it("refuses parts that the prompt does not have", () => {
    const { services, actor, projectId, seeded } = world;
    const refusal = refusalOf(() =>
      services.reviews.create(actor, projectId, { promptId: seeded.promptId, components: { other: "x" } }),
    );
    expect(refusal.errors.map(({ path }) => path)).toEqual(["components.system", "components.other"]);
  });
});

describe("promotion (architecture.md, Gate)", () => {
  it("approve and promote is one act, and everything says that it was the author's own word", async () => {
    const review = world.acceptAll(await world.withEvidence(world.handWritten()));
    expect(review.evidence?.verdict).toBe("better");
    expect(codesOf(review)).toEqual(["approval-missing"]);
    const promoted = promote(review.id);
    expect(promoted).toMatchObject({
      state: "promoted",
      promotion: { version: 2, fromVersion: 1, selfApproved: true, overridden: false, isCurrent: true },
      baseline: { version: 1 },
    });
    const version = world.repos.prompts.versionByNumber(world.seeded.promptId, 2);
    expect(version?.commitMessage).toContain("Better. On 18 sealed records");
    expect(version?.tags).toMatchObject({
      optimization: "hand-written",
      review: review.id,
      initial_score: expect.any(String),
      final_score: expect.any(String),
      simulated: "true",
    });
    expect(Number(version?.tags.final_score)).toBeGreaterThan(Number(version?.tags.initial_score));
    const [event] = world.repos.aliases.history(world.seeded.promptId, "production");
    expect(event).toMatchObject({ kind: "promotion", toVersion: 2, selfApproved: true, reviewId: review.id });
    expect(event?.evidenceSentence).toContain("Simulated.");
    expect(world.repos.audit.listBySubject("review", review.id).map(({ action }) => action)).toContain(
      "prompt-promoted",
    );
    expect(refusalOf(() => promote(review.id, { expectedCurrent: 2 })).code).toBe("gate-closed");
  });

  it("each thing that is missing closes the gate, and a refusal keeps nothing", async () => {
    const review = world.handWritten();
    expect(codesOf(review)).toEqual(["evidence-missing", "approval-missing"]);
    const refusal = refusalOf(() => promote(review.id));
    expect(refusal).toMatchObject({
      code: "gate-closed",
      extra: { blockers: [{ code: "evidence-missing" }] },
    });
    expect(refusal.detail).toContain("Production is unchanged.");
    expect(world.repos.reviews.approvals(review.id)).toEqual([]);
    expect(world.repos.prompts.latestVersion(world.seeded.promptId)?.version).toBe(1);
  });

  it("the author of a change does not approve it in a team; somebody else does, and the version is registered then", async () => {
    const approver = world.server.person("Dr Meier", world.projectId, "approver");
    const review = world.acceptAll(await world.withEvidence(world.handWritten()));
    expect(review.gate.selfApprovalOffered).toBe(false);
    expect(
      refusalOf(() => world.services.reviews.approve(world.actor, review.id, { override: false, reason: "" }))
        .code,
    ).toBe("self-approval");
    expect(refusalOf(() => promote(review.id)).code).toBe("gate-closed");
    const approved = world.services.reviews.approve(approver, review.id, { override: false, reason: "" });
    expect(approved).toMatchObject({
      state: "approved",
      gate: { open: true, approvals: [{ by: "Dr Meier", self: false }] },
    });
    expect(world.repos.prompts.latestVersion(world.seeded.promptId)?.version).toBe(2);
    expect(promote(review.id).promotion).toMatchObject({ version: 2, selfApproved: false });
    expect(world.repos.prompts.versions(world.seeded.promptId)).toHaveLength(2);
  });

  it("somebody faster: nothing is done, and the refusal says what is there now", async () => {
    const slow = world.acceptAll(await world.withEvidence(world.handWritten()));
    const fast = world.acceptAll(
      await world.withEvidence(world.handWritten(`${STRONGER}\nName the defender to beat.`)),
    );
    promote(fast.id, { override: true });
    const refusal = refusalOf(() => promote(slow.id, { override: true }));
    expect(refusal).toMatchObject({ code: "alias-moved", extra: { current: { version: 2, by: "Tester" } } });
    expect(refusal.detail).toContain("Production changed while you read.");
    expect(world.services.reviews.get(world.actor, slow.id).evidence?.stale).toBe(
      "This look compared with v1; v2 is there now.",
    );
    expect(
      refusalOf(() => promote(slow.id, { expectedCurrent: 2, override: true })).extra.blockers,
    ).toMatchObject([{ code: "evidence-stale" }]);
  });

  it("the same content is never registered twice", async () => {
    const first = world.acceptAll(await world.withEvidence(world.handWritten()));
    promote(first.id);
    world.services.prompts.rollBack(world.actor, world.seeded.project.slug, "production", {
      toVersion: 1,
      expectedCurrent: 2,
      reason: "Looked odd.",
    });
    const again = world.acceptAll(await world.withEvidence(world.handWritten()));
    expect(again.id).not.toBe(first.id);
    expect(again.nextVersion).toBe(2);
    expect(promote(again.id).promotion).toMatchObject({ version: 2 });
    expect(world.repos.prompts.versions(world.seeded.promptId)).toHaveLength(2);
    expect(world.repos.aliases.history(world.seeded.promptId).map(({ kind }) => kind)).toEqual([
      "promotion",
      "rollback",
      "promotion",
      "initial",
    ]);
  });

  it("an override takes an admin and a reason, lifts only the evidence, and is marked and counted", async () => {
    const weak = "Answer the coaches' questions.";
    const review = world.acceptAll(await world.withEvidence(world.handWritten(weak)));
    expect(codesOf(review)).toContain("not-better");
    const engineer = world.server.person("Jonas", world.projectId, "engineer");
    const approver = world.server.person("Dr Meier", world.projectId, "approver");
    const input = { expectedCurrent: 1, reason: "Law.", override: true };
    expect(refusalOf(() => world.services.reviews.promote(engineer, review.id, input)).code).toBe(
      "forbidden",
    );
    expect(refusalOf(() => world.services.reviews.promote(approver, review.id, input)).code).toBe(
      "forbidden",
    );
    expect(
      refusalOf(() => world.services.reviews.approve(world.actor, review.id, { override: true, reason: " " }))
        .code,
    ).toBe("invalid-input");
    world.services.reviews.approve(approver, review.id, { override: false, reason: "" });
    const left = codesOf(world.services.reviews.get(world.actor, review.id));
    if (left.includes("critical-failing")) {
      expect(refusalOf(() => promote(review.id, { override: true })).code).toBe("gate-closed");
    } else {
      expect(promote(review.id, { override: true })).toMatchObject({
        promotion: { overridden: true },
        gate: { waysRound: expect.stringContaining("used 1 time") },
      });
    }
  });

  it("simulated evidence moves the alias sandbox where the project has a real connection", async () => {
    const { repos, server, projectId } = world;
    repos.connections.insert({
      id: "con_real",
      name: "Real",
      kind: "real",
      baseUrl: "https://api.example.com/v1",
      prices: {},
      maxConcurrency: 4,
      timeoutMs: 1000,
      fromEnvironment: false,
      sealedKey: null,
      sealedHeaders: null,
      createdBy: "system",
      createdAt: server.deps.now(),
    });
    repos.connections.grant("con_real", projectId, server.deps.now());
    const review = world.handWritten();
    expect(review).toMatchObject({ gate: { targetAlias: "sandbox" }, currentVersion: null });
    promote(review.id, { expectedCurrent: null });
    expect(production()?.version).toBe(1);
    expect(repos.aliases.get(world.seeded.promptId, "sandbox")?.version).toBe(2);
  });

  it("answers and grades of different kinds are never mixed", () => {
    const { repos, server, projectId, services, actor } = world;
    repos.connections.insert({
      id: "con_real",
      name: "Real",
      kind: "real",
      baseUrl: "https://api.example.com/v1",
      prices: {},
      maxConcurrency: 4,
      timeoutMs: 1000,
      fromEnvironment: false,
      sealedKey: null,
      sealedHeaders: null,
      createdBy: "system",
      createdAt: server.deps.now(),
    });
    const models = repos.projects.byId(projectId)?.models;
    if (!models) throw new Error("no project");
    services.projects.update(actor, projectId, {
      models: { ...models, judge: { ...models.judge, connectionId: "con_real" } },
    });
    const review = world.handWritten();
    expect(refusalOf(() => services.reviews.buyEvidence(actor, review.id)).code).toBe("evidence-mixed");
  });

  it("a declined review is closed with a reason and production is unchanged", () => {
    const review = world.handWritten();
    const declined = world.services.reviews.decline(world.actor, review.id, "Too long.");
    expect(declined).toMatchObject({ state: "declined", declined: { by: "Tester", reason: "Too long." } });
    expect(refusalOf(() => promote(review.id)).code).toBe("gate-closed");
    expect(refusalOf(() => world.services.reviews.buyEvidence(world.actor, review.id)).code).toBe("conflict");
  });

  it("is a person's act: no key promotes, approves or buys, and a stranger sees nothing", () => {
    const review = world.handWritten();
    const key = {
      kind: "key",
      keyId: "key_1",
      name: "agent-a",
      projectId: world.projectId,
      scopes: ["reviews:read"],
    } as const;
    expect(world.services.reviews.get(key, review.id).id).toBe(review.id);
    expect(refusalOf(() => world.services.reviews.buyEvidence(key, review.id)).code).toBe("forbidden");
    expect(
      refusalOf(() =>
        world.services.reviews.promote(key, review.id, { expectedCurrent: 1, reason: "x", override: false }),
      ).code,
    ).toBe("forbidden");
    const stranger = { kind: "user", userId: "usr_x", name: "X", isServerAdmin: false, roles: {} } as const;
    expect(refusalOf(() => world.services.reviews.get(stranger, review.id)).code).toBe("not-found");
  });
});

describe("losses and records that must never fail", () => {
  it("a confirmed loss is taken by name with a reason; what was not confirmed cannot be taken", async () => {
    await promoteStronger();
    const review = await world.withEvidence(world.handWritten("Say hello."));
    const confirmed = review.evidence?.losses.filter((loss) => loss.confirmed) ?? [];
    expect(confirmed.length).toBeGreaterThan(0);
    expect(codesOf(review).filter((code) => code === "loss-not-accepted")).toHaveLength(confirmed.length);
    const taken = world.services.reviews.acceptLoss(world.actor, review.id, {
      recordId: confirmed[0]?.recordId ?? "",
      reason: "Rare.",
    });
    expect(
      taken.evidence?.losses.find(({ recordId }) => recordId === confirmed[0]?.recordId)?.accepted,
    ).toEqual({ by: "Tester", reason: "Rare." });
    expect(codesOf(taken).filter((code) => code === "loss-not-accepted")).toHaveLength(confirmed.length - 1);
    expect(
      refusalOf(() =>
        world.services.reviews.acceptLoss(world.actor, review.id, { recordId: "rec_none", reason: "x" }),
      ).code,
    ).toBe("not-found");
  });

  it("a failing record that must never fail is lifted by an approver alone, and only when it may be", async () => {
    const expert = world.server.person("Ray", world.projectId, "expert");
    const review = await world.withEvidence(world.handWritten("Say hello."));
    const cases = review.evidence?.critical.cases ?? [];
    expect(cases.length).toBeGreaterThan(0);
    for (const { recordId, liftable } of cases) {
      const input = { recordId, reason: "It is so today." };
      expect(refusalOf(() => world.services.reviews.acceptLoss(expert, review.id, input)).code).toBe(
        "forbidden",
      );
      if (!liftable)
        expect(refusalOf(() => world.services.reviews.acceptLoss(world.actor, review.id, input)).code).toBe(
          "gate-closed",
        );
      else world.services.reviews.acceptLoss(world.actor, review.id, input);
    }
    const left = codesOf(world.services.reviews.get(world.actor, review.id)).filter(
      (code) => code === "critical-failing",
    );
    expect(left).toHaveLength(cases.filter(({ liftable }) => !liftable).length);
  });
});
