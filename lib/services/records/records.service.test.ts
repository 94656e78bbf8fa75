import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AppError } from "@/lib/contracts/errors";
import { createRecordsWorld, PROJECT, recordInput } from "./testing/records-world";

let world: ReturnType<typeof createRecordsWorld>;
beforeEach(() => {
  world = createRecordsWorld();
});
afterEach(() => world.database.close());

function caught(work: () => unknown): AppError {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

const listAll = { archived: false, sort: "created", limit: 100 } as const;

describe("saving", () => {
  it("writes a record as revision 1 without a set, and notes who did it without its text", () => {
    const { records, ray, repos } = world;
    const record = records.create(ray, PROJECT, recordInput("Who blitzes on third down?"));
    expect(record).toMatchObject({
      revision: 1,
      set: "unassigned",
      source: "written",
      updatedBy: "Ray",
      hints: [],
    });
    const [entry] = repos.audit.listBySubject("record", record.id);
    expect(entry).toMatchObject({ action: "record-written", actorName: "Ray", projectId: PROJECT });
    expect(JSON.stringify(entry)).not.toContain("blitzes");
  });

  it("an edit onto the revision that was seen is a new revision; history keeps both", () => {
    const { records, ray } = world;
    const first = records.create(ray, PROJECT, recordInput("Who blitzes?"));
    const second = records.update(ray, first.id, { tags: ["blitz"] }, 1);
    expect(second).toMatchObject({ revision: 2, tags: ["blitz"] });
    expect(records.revisions(ray, first.id).map(({ revision, tags }) => [revision, tags])).toEqual([
      [2, ["blitz"]],
      [1, []],
    ]);
  });

  it("an edit onto an older revision is refused with the current state, and writes nothing", () => {
    const { records, ray, jo } = world;
    const first = records.create(ray, PROJECT, recordInput("Who blitzes?"));
    records.update(jo, first.id, { tags: ["jo was here"] }, 1);
    const error = caught(() => records.update(ray, first.id, { tags: ["ray's"] }, 1));
    expect(error.code).toBe("edit-conflict");
    expect(error.detail).toContain("Jo changed this record");
    expect(error.extra.current).toMatchObject({ revision: 2, tags: ["jo was here"] });
    expect(records.get(ray, first.id).tags).toEqual(["jo was here"]);
  });

  it("the same save twice is one revision, even when the first answer was lost", () => {
    const { records, ray } = world;
    const first = records.create(ray, PROJECT, recordInput("Who blitzes?"));
    records.update(ray, first.id, { tags: ["blitz"] }, 1);
    expect(records.update(ray, first.id, { tags: ["blitz"] }, 1).revision).toBe(2);
    expect(records.revisions(ray, first.id)).toHaveLength(2);
  });

  it("restores an old revision as a new one", () => {
    const { records, ray } = world;
    const first = records.create(ray, PROJECT, recordInput("Who blitzes?", "Names the linebacker."));
    records.update(ray, first.id, recordInput("Who blitzes?", "Something worse."), 1);
    const back = records.restore(ray, first.id, 1, 2);
    expect(back).toMatchObject({ revision: 3, expectations: { expected_response: "Names the linebacker." } });
    expect(caught(() => records.restore(ray, first.id, 9, 3)).code).toBe("not-found");
    expect(caught(() => records.restore(ray, first.id, 2, 2)).code).toBe("edit-conflict");
  });

  it("archives and brings back", () => {
    const { records, ray } = world;
    const { id } = records.create(ray, PROJECT, recordInput("Who blitzes?"));
    records.update(ray, id, { archived: true }, 1);
    expect(records.list(ray, PROJECT, listAll).total).toBe(0);
    expect(records.list(ray, PROJECT, { ...listAll, archived: true }).items.map((row) => row.id)).toEqual([
      id,
    ]);
    expect(records.update(ray, id, { archived: false }, 2).archived).toBe(false);
  });
});

describe("who may", () => {
  it("a viewer reads and does not write; a stranger does not learn that it exists", () => {
    const { records, ray, viewer } = world;
    const { id } = records.create(ray, PROJECT, recordInput("Who blitzes?"));
    expect(records.get(viewer, id).id).toBe(id);
    expect(caught(() => records.update(viewer, id, { tags: ["x"] }, 1)).code).toBe("forbidden");
    const stranger = { ...viewer, roles: { prj_other: "admin" } } as typeof viewer;
    const foreign = caught(() => records.get(stranger, id));
    const unknown = caught(() => records.get(stranger, "rec_none"));
    expect([foreign.code, foreign.detail]).toEqual([unknown.code, unknown.detail]);
  });
});

describe("the last grade", () => {
  beforeEach(() => {
    const { repos } = world;
    repos.judges.insert({
      id: "jdg_1",
      projectId: PROJECT,
      name: "Coach",
      kind: "model",
      scale: { kind: "numeric", min: 1, max: 5, step: 1 },
      createdBy: "system",
      createdAt: 1,
    });
    repos.judges.addVersion({
      id: "jv_1",
      judgeId: "jdg_1",
      status: "in-use",
      origin: "written",
      parentVersionId: null,
      alignmentId: null,
      instructions: "{{ outputs }}",
      anchors: [],
      goodEnough: 4,
      guidelines: [],
      episodes: [],
      retrieval: { kind: "lexical" },
      rule: null,
      models: {},
      actorId: "system",
      at: 1,
    });
  });

  const write = (...questions: string[]): string[] =>
    questions.map((question) => world.records.create(world.ray, PROJECT, recordInput(question)).id);

  /** An answer to a record at a time, and what the judge gave it. */
  function grade(recordId: string | undefined, value: number, at: number): void {
    const traceId = `trc_${recordId}_${at}`;
    world.repos.traces.insert({
      id: traceId,
      projectId: PROJECT,
      recordId: recordId ?? "",
      evaluationId: null,
      promptVersionId: null,
      state: "OK",
      output: "x",
      cause: null,
      steps: [],
      question: "q",
      simulated: true,
      latencyMs: 1,
      costUsd: 0,
      createdAt: at,
      recordRevision: 1,
      targetVersionId: null,
      provenance: "",
      outputKey: null,
    });
    world.repos.traces.addVerdict({
      traceId,
      judgeVersionId: "jv_1",
      status: "graded",
      value,
      rationale: "",
      normalised: (value - 1) / 4,
      sample: 0,
      rawReply: null,
      createdAt: at,
    });
  }

  it("is the judge's, on its own scale, and never shown of a sealed record", () => {
    const [open, sealed] = write("a", "b");
    for (const id of [open, sealed]) grade(id, 2, 5);
    world.repos.records.assignSets([
      { recordId: open ?? "", set: "practice" },
      { recordId: sealed ?? "", set: "sealed" },
    ]);
    const rows = world.records.list(world.ray, PROJECT, listAll).items;
    expect(Object.fromEntries(rows.map((row) => [row.id, row.lastGrade]))).toEqual({
      [open ?? ""]: "2",
      [sealed ?? ""]: null,
    });
  });

  it("is an order of the list: the lowest first, without a grade last whichever way round, page by page", () => {
    const made = write("One?", "Two?", "Three?", "Four?");
    grade(made[0], 4, 5);
    grade(made[1], 1, 5);
    // Its newest answer counts, not its best one.
    grade(made[2], 5, 5);
    grade(made[2], 2, 6);
    const page = (dir: "asc" | "desc", cursor?: string) =>
      world.records.list(world.ray, PROJECT, {
        ...listAll,
        sort: "grade",
        dir,
        limit: 2,
        ...(cursor ? { cursor } : {}),
      });
    const both = (dir: "asc" | "desc") => {
      const first = page(dir);
      const second = page(dir, first.nextCursor ?? "");
      return [...first.items, ...second.items].map(({ lastGrade }) => lastGrade);
    };
    expect(both("asc")).toEqual(["1", "2", "4", null]);
    expect(both("desc")).toEqual(["4", "2", "1", null]);
  });

  it("of a sealed record is no order either: its place gives nothing away", () => {
    const [low, sealed, high] = write("One?", "Two?", "Three?");
    grade(low, 2, 5);
    grade(sealed, 1, 5);
    grade(high, 5, 5);
    world.repos.records.assignSets([{ recordId: sealed ?? "", set: "sealed" }]);
    const { items } = world.records.list(world.ray, PROJECT, { ...listAll, sort: "grade" });
    expect(items.map(({ id }) => id)).toEqual([low, high, sealed]);
  });
});

describe("personal data (ux.md, rule 10)", () => {
  const hintsOf = (question: string) =>
    world.records
      .create(world.ray, PROJECT, recordInput(question))
      .hints.map(({ kind, found }) => [kind, found]);

  it.each([
    ["Please call me: +49 170 1234567", "phone", "+49 170 1234567"],
    ["My number is 0711/123456-78.", "phone", "0711/123456-78"],
    ["Reach me at (555) 123-4567", "phone", "(555) 123-4567"],
    ["write to maria.huber@klinik.example.org please", "email", "maria.huber@klinik.example.org"],
    ["Maria Huber, 12.03.1961, has chest pain", "birth-date", "12.03.1961"],
    ["the patient was born on 1961-03-12", "birth-date", "1961-03-12"],
    ["Patient number: 4711-0815 asks again", "patient-number", "Patient number: 4711-0815"],
    ["MRN 00483921, second visit", "patient-number", "MRN 00483921"],
  ])("points out %j", (question, kind, found) => {
    expect(hintsOf(question)).toEqual([[kind, found]]);
  });

  it.each([
    "They run 71 % of the time on 3rd and 2, 29 of 41 plays.",
    "What happened on 14.10.2024 against trips?",
    "Scores were 24-17, 31-10 and 28-27 in weeks 3, 4 and 5.",
    "They gained 1,204,500 yards in 2023/2024.",
    "Cover 2, 4-3 under, personnel 11, 12 and 21: what beats 12 personnel?",
    "In case of 4th and 1, do they go?",
    "Compare the 2019 2020 2021 2022 seasons",
  ])("says nothing of %j", (question) => {
    expect(hintsOf(question)).toEqual([]);
  });

  it("tells where it stands, and blocks only where the project says so", () => {
    const { records, ray } = world;
    const input = recordInput("ok?", "Mails maria@example.org");
    expect(records.create(ray, PROJECT, input).hints).toEqual([
      { kind: "email", where: "A good answer", found: "maria@example.org" },
    ]);
    world.blockPersonalData();
    const error = caught(() => records.create(ray, PROJECT, input));
    expect(error.code).toBe("invalid-input");
    expect(error.errors[0]).toMatchObject({ path: "A good answer" });
    expect(records.list(ray, PROJECT, listAll).total).toBe(1);
  });
});
