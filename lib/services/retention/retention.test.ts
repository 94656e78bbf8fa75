import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { JobKind } from "@/db/repos/jobs.repo";
import { NO_LONGER_KEPT } from "@/lib/contracts/retention";
import { type ReviewWorld, reviewWorld } from "../reviews/testing/review-world";

let world: ReviewWorld;
beforeEach(() => {
  world = reviewWorld();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await world.server.close();
});

function oldCall(id: string, kind: JobKind, ended: boolean): void {
  const { repos, projectId } = world;
  const caps = { maxMetricCalls: null, maxUsd: null, maxMinutes: null };
  const job = { id, kind, projectId, subjectId: "x", caps, total: 1, actorId: "system:test", at: 1 };
  repos.jobs.enqueue(job);
  if (ended) repos.jobs.finish(id, 2);
  else repos.jobs.pause(id, "waits", 2);
  const start = { jobId: id, callKey: "k", requestHash: "h", role: "judge", model: "m", connectionId: "c" };
  repos.paidCalls.insert(
    {
      ...start,
      id: `call_${id}`,
      request: { messages: [{ role: "user", content: "secret" }] },
      simulated: false,
      at: 1,
    },
    {
      reply: { text: "secret too", usage: {} },
      inputTokens: 3,
      outputTokens: 4,
      costUsd: 0.5,
      latencyMs: 1,
      simulated: false,
      at: 2,
    },
  );
}

it("lets go of old text only, when it is set; numbers stay, and what a review rests on does too", async () => {
  const { repos, services, actor, projectId, server } = world;
  const review = await world.withEvidence(await world.runCandidate());
  const later = Date.now() + 400 * 86_400_000;
  vi.spyOn(Date, "now").mockReturnValue(later);
  const evidenceJob = repos.evidence.listByReview(review.id)[0]?.jobId ?? "";
  const runJob = repos.runs.byId(review.runId ?? "")?.jobId ?? "";
  const texts = (job: string): string => JSON.stringify(repos.paidCalls.list(job).map(({ reply }) => reply));
  const before = [texts(evidenceJob), texts(runJob)];
  oldCall("job_old", "judge-check", true);
  oldCall("job_waiting", "judge-check", false);

  await services.retention.applyAll();
  expect(texts("job_old"), "off by default").toContain("secret");
  const preview = services.retention.preview(actor, projectId, { callsDays: 30 });
  expect(preview).toMatchObject({ calls: 1, messages: 0 });
  expect(preview.callsKeptAsEvidence).toBeGreaterThan(10);

  const { settings } = services.projects.get(actor, projectId);
  const retention = { callsDays: 30, messagesDays: null };
  services.projects.update(actor, projectId, { settings: { ...settings, retention } });
  await services.retention.applyAll();
  await services.retention.applyAll();
  expect(texts("job_old")).not.toContain("secret");
  expect(texts("job_old")).toContain(NO_LONGER_KEPT);
  expect(repos.paidCalls.list("job_old")[0]).toMatchObject({
    costUsd: 0.5,
    inputTokens: 3,
    requestHash: "h",
  });
  expect(texts("job_waiting")).toContain("secret");
  expect([texts(evidenceJob), texts(runJob)]).toEqual(before);
  const acts = repos.audit.search({ projectId, action: "retention-applied" }, { limit: 9 });
  expect(acts).toMatchObject([{ actorId: "system:retention", details: { calls: 1, messages: 0 } }]);
  expect(services.retention.preview(actor, projectId, { callsDays: 30 }).calls).toBe(0);
  await server.idle();
});
