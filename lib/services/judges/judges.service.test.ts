import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AppError } from "@/lib/contracts/errors";
import { judgeTemplates } from "@/lib/contracts/judge-templates";
import { clinicFixture } from "../sample/clinic-fixture";
import { createTestServices, type TestServices } from "../testing/test-services";

let server: TestServices;
let projectId: string;
let judgeId: string;

beforeEach(() => {
  server = createTestServices();
  const seeded = server.seed(clinicFixture);
  projectId = seeded.project.id;
  judgeId = seeded.judgeId;
});
afterEach(() => server.close());

function problemOf(act: () => unknown): AppError {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error("nothing was refused");
}

const quality = judgeTemplates.find(({ code }) => code === "quality")!.judge;

describe("writing a judge", () => {
  it("each template can be saved as it is, but the empty one and the rule that looks for no text yet", () => {
    for (const { code, judge } of judgeTemplates) {
      if (code === "custom" || code === "rule") continue;
      const made = server.services.judges.create(server.actor, projectId, judge);
      expect(made.inUse).toMatchObject({ version: 1, origin: "written", instructions: judge.instructions });
      expect(made.scale).toEqual(judge.scale);
    }
  });

  it("an unknown variable is refused at save, with its position", () => {
    const instructions = "Grade this.\nAnswer: {{ answer }} {{ outputs }}";
    const problem = problemOf(() =>
      server.services.judges.create(server.actor, projectId, { ...quality, instructions }),
    );
    expect(problem.code).toBe("invalid-input");
    expect(problem.errors).toEqual([
      { path: "instructions", message: expect.stringContaining("Line 2, column 9: {{ answer }}") },
    ]);
    expect(problem.extra.instructions).toMatchObject([{ start: 20, end: 32 }]);
  });

  it("a meaning off the scale, and a line that every answer passes, are refused", () => {
    const { judges } = server.services;
    const anchors = [{ value: 9, meaning: "too much" }];
    expect(
      problemOf(() => judges.create(server.actor, projectId, { ...quality, anchors })).errors[0]?.path,
    ).toBe("anchors");
    expect(
      problemOf(() => judges.create(server.actor, projectId, { ...quality, goodEnough: 1 })).detail,
    ).toContain("lowest grade");
  });

  it("a name is taken once a project", () => {
    server.services.judges.create(server.actor, projectId, quality);
    expect(problemOf(() => server.services.judges.create(server.actor, projectId, quality)).code).toBe(
      "conflict",
    );
  });

  it("an expert writes a draft, which a lead expert puts to use", () => {
    const { judges } = server.services;
    const made = judges.create(server.person("Jo", projectId, "expert"), projectId, quality);
    expect(made).toMatchObject({ inUse: null, draft: { status: "draft" } });
    const { judge, rulerSentence } = judges.use(
      server.person("Ray", projectId, "lead"),
      made.id,
      made.draft!.id,
    );
    expect(judge.inUse?.id).toBe(made.draft!.id);
    expect(rulerSentence).toBeNull();
  });

  it("a new project gets its judge once", () => {
    const project = server.services.projects.create(server.actor, { name: "Empty", startingPrompt: "" });
    const first = server.services.judges.ensureDefault(server.actor, project.id);
    expect(first).toMatchObject({ name: "Quality", inUse: { goodEnough: 4 } });
    expect(server.services.judges.ensureDefault(server.actor, project.id).id).toBe(first.id);
  });
});

describe("editing a judge by hand", () => {
  it("makes a new draft; the version in use is untouched until somebody puts the draft to use", () => {
    const { judges } = server.services;
    const before = judges.get(server.actor, judgeId).inUse!;
    const draft = judges.edit(server.person("Jo", projectId, "expert"), judgeId, {
      instructions: `${before.instructions}\nBe strict.`,
    });
    expect(draft).toMatchObject({
      status: "draft",
      origin: "edited",
      parentVersionId: before.id,
      version: before.version + 1,
    });
    const after = judges.get(server.actor, judgeId);
    expect(after.inUse).toEqual(before);
    expect(after.draft).toEqual(draft);
    judges.use(server.actor, judgeId, draft.id);
    expect(judges.versions(server.actor, judgeId).map(({ status }) => status)).toEqual(["in-use", "retired"]);
  });

  it("an edit that changes nothing, or names a guideline that is not there, is refused", () => {
    const { judges } = server.services;
    expect(problemOf(() => judges.edit(server.actor, judgeId, {})).detail).toContain("Nothing was changed");
    const guidelines = [{ id: "gl_gone", text: "Be brief.", active: true }];
    expect(problemOf(() => judges.edit(server.actor, judgeId, { guidelines })).errors[0]?.path).toBe(
      "guidelines",
    );
    expect(judges.versions(server.actor, judgeId)).toHaveLength(1);
  });

  it("a version of another judge cannot be put to use here", () => {
    const { judges } = server.services;
    const other = judges.create(server.actor, projectId, quality);
    expect(problemOf(() => judges.use(server.actor, judgeId, other.inUse!.id)).code).toBe("not-found");
  });
});

describe("the ruler sentence", () => {
  it("rests on answers that both versions graded", () => {
    const { deps, services, actor } = server;
    const { repos, newId } = deps;
    const recordId = repos.records.live(projectId)[0]!.id;
    const scale = services.judges.get(actor, judgeId).scale;
    const old = services.judges.get(actor, judgeId).inUse!;
    const draft = services.judges.edit(actor, judgeId, { instructions: `${old.instructions}\nBe strict.` });
    for (const [index, [before, after]] of [
      [1, 0.5],
      [0.5, 0.5],
    ].entries()) {
      const traceId = newId("trc");
      repos.traces.insert({
        id: traceId,
        projectId,
        recordId,
        recordRevision: 1,
        evaluationId: null,
        promptVersionId: null,
        targetVersionId: null,
        state: "OK",
        question: "q",
        output: `a${index}`,
        cause: null,
        steps: [],
        provenance: "test",
        outputKey: null,
        simulated: true,
        latencyMs: null,
        costUsd: null,
        createdAt: index,
      });
      for (const [judgeVersionId, normalised] of [
        [old.id, before],
        [draft.id, after],
      ] as const) {
        repos.traces.addVerdict({
          traceId,
          judgeVersionId,
          sample: 0,
          status: "graded",
          value: 1,
          rationale: "",
          normalised: normalised!,
          rawReply: null,
          createdAt: 1,
        });
      }
    }
    const { rulerSentence } = services.judges.use(actor, judgeId, draft.id);
    expect(rulerSentence).toContain("stricter");
    expect(rulerSentence).toContain(
      scale.kind === "numeric" ? "goes from 4.0 to 3.0" : "goes from 75 % to 50 %",
    );
  });
});
