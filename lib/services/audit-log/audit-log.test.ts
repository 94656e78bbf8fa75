import { afterEach, beforeEach, expect, it } from "vitest";
import { auditExportQuery, auditQuerySchema } from "@/lib/contracts/audit";
import { createTestServices, type TestServices } from "../testing/test-services";

let server: TestServices;
let projectId: string;
beforeEach(() => {
  server = createTestServices();
  projectId = server.services.projects.create(server.actor, { name: "=Clinic", startingPrompt: "" }).id;
});
afterEach(() => server.close());

const list = (query: object, project: string | null = projectId) =>
  server.services.auditLog.list(server.actor, project, auditQuerySchema.parse(query));
const write = (text: string, by = server.actor) =>
  server.services.records.create(by, projectId, {
    inputs: { v: 1, messages: [{ role: "user", content: text }], fields: {} },
    expectations: { v: 1, expected_response: "", facts: [], mustNever: [] },
    tags: [],
    critical: false,
  });

it("pages from the newest to the oldest without a gap, and filters by who, what, which and when", () => {
  const ray = server.person("Ray", projectId, "expert");
  for (let n = 0; n < 5; n += 1) write(`question ${n}`, ray);
  const { id } = write("another");
  const seen: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = list({ limit: 2, ...(cursor ? { cursor } : {}) });
    expect(page.total).toBe(7);
    seen.push(...page.items.map(({ action }) => action));
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  expect(seen).toEqual([...Array<string>(6).fill("record-written"), "project-created"]);
  expect(list({ who: "RAY" }).total).toBe(5);
  expect(list({ action: "project-created" }).items).toMatchObject([
    { actorName: "Tester", projectName: "=Clinic" },
  ]);
  expect(list({ subject: id }).total).toBe(1);
  const today = new Date().toISOString().slice(0, 10);
  expect(list({ from: today, to: today }).total).toBe(7);
  expect(list({ to: "2020-01-01" })).toMatchObject({ total: 0, items: [], nextCursor: null });
  expect(list({}).actions).toEqual(["project-created", "record-written"]);
  expect(list({ projectId }, null).total).toBe(7);
});

it("exports a filter whole, oldest first; no cell is a formula", () => {
  write("one");
  const file = (format: "csv" | "jsonl") =>
    server.services.auditLog.exportFile(server.actor, projectId, auditExportQuery.parse({ format }));
  const lines = file("csv").text.trimEnd().split("\r\n");
  expect(lines[0]).toBe('"at","who","who_id","did","act","subject_type","subject_id","project","details"');
  expect(lines[1]).toContain('"started the project","project-created"');
  expect(lines[1]).toContain(`"'=Clinic"`);
  expect(lines).toHaveLength(3);
  const entries = file("jsonl")
    .text.trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { action: string });
  expect(entries.map(({ action }) => action)).toEqual(["project-created", "record-written"]);
});
