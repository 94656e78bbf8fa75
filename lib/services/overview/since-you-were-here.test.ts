import { afterEach, beforeEach, expect, it } from "vitest";
import { commitLabelInput } from "@/lib/contracts/labels";
import type { Actor } from "@/lib/contracts/permissions";
import { createTestServices, type TestServices } from "../testing/test-services";
import { newsSince } from "./since-you-were-here";

type Person = Extract<Actor, { kind: "user" }>;
let server: TestServices;
let projectId: string;
let queueId: string;
let judgeId: string;
let traceId: string;
let eve: Person;
let dana: Person;
let lead: Person;
beforeEach(async () => {
  server = createTestServices();
  projectId = server.services.projects.openSample(server.actor).id;
  await server.idle();
  const [queue] = server.services.queues.list(server.actor, projectId);
  queueId = queue?.id ?? "";
  judgeId = queue?.judgeId ?? "";
  traceId = server.deps.repos.queues.items(queueId)[0]?.traceId ?? "";
  eve = server.person("Eve", projectId, "expert");
  dana = server.person("Dana Two", projectId, "expert");
  lead = server.person("Lea", projectId, "lead");
});
afterEach(() => server.close());

const label = (actor: Person, value: number) =>
  server.services.labels.commit(
    actor,
    commitLabelInput.parse({ traceId, judgeId, queueId, value, reason: "Because." }),
  );
const news = (actor: Person, since: number | null) =>
  newsSince(server.deps, actor, projectId, since).map(({ sentence, linkWords }) => [sentence, linkWords]);

it("tells each of both that the other grades differently, and nobody else", () => {
  label(eve, 5);
  expect(news(eve, 0)).toEqual([]);
  label(dana, 2);
  const question = server.deps.repos.traces.byId(traceId)?.question.slice(0, 40) ?? "";
  expect(news(eve, 0)[0]?.[0]).toContain(question);
  expect(news(eve, 0)[0]?.[0]).toMatch(/”: you 5, another expert 2\.$/);
  expect(news(dana, 0)[0]?.[0]).toMatch(/”: you 2, another expert 5\.$/);
  expect(news(dana, 0)[0]?.[1]).toBe("Talk about it");
  expect(news(lead, 0)).toEqual([]);
});

it("tells it once: what was there at the last visit is no news", () => {
  label(eve, 5);
  label(dana, 2);
  expect(news(eve, server.deps.now() + 1)).toEqual([]);
});

it("tells how the lead expert settled it", () => {
  label(eve, 5);
  label(dana, 2);
  server.services.labels.settle(lead, projectId, traceId, { judgeId, value: 2, reason: "Counts decide." });
  expect(news(eve, 0)[0]?.[0]).toMatch(/^“.+”: Lea settled it as 2; you gave 5\.$/);
});
