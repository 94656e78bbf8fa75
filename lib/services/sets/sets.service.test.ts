import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRecordsWorld, PROJECT, recordInput } from "../records/testing/records-world";

let world: ReturnType<typeof createRecordsWorld>;
beforeEach(() => {
  world = createRecordsWorld();
});
afterEach(() => world.database.close());

const TOPICS =
  "blitz coverage fumble punt screen draw counter trap sweep fade slant wheel seam dig post corner curl flat drag hitch".split(
    " ",
  );

function write(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, index) => {
    const n = from + index;
    const question = `${TOPICS[n % 20]} ${TOPICS[(n * 7 + 3) % 20]} ${n * n} what do they do about it in week ${n}, ${TOPICS[(n * 3 + 11) % 20]}?`;
    return world.records.create(world.ray, PROJECT, recordInput(question)).id;
  });
}

function addPrompt(name: string, text: string, variables: string[]): void {
  world.repos.prompts.insert({ id: `prm_${name}`, projectId: PROJECT, name, createdAt: 1 });
  world.repos.prompts.addVersion({
    id: `pv_${name}`,
    promptId: `prm_${name}`,
    components: { system: text },
    layout: ["system"],
    variables,
    modelConfig: {},
    contentHash: name,
    commitMessage: "",
    tags: {},
    source: "written",
    actorId: "system",
    at: 1,
  });
}

function putIntoProduction(name: string): void {
  world.repos.aliases.move({
    promptId: `prm_${name}`,
    alias: "production",
    expectedCurrent: null,
    toVersionId: `pv_${name}`,
    event: {
      id: `ale_${name}`,
      kind: "initial",
      reason: "",
      reviewId: null,
      evidenceSentence: null,
      selfApproved: false,
      overridden: false,
      actorId: "system",
      at: 2,
    },
  });
}

const readiness = () => world.sets.readiness(world.ray, PROJECT);

describe("giving sets", () => {
  it("gives usable records a set once; unfinished ones wait; nothing moves afterwards", () => {
    const { sets, ray, records, repos } = world;
    const ids = write(20);
    const unfinished = records.create(ray, PROJECT, recordInput("Is the left tackle hurt?", "")).id;
    expect(sets.assignSets(ray, PROJECT)).toEqual({ practice: 14, sealed: 6 });
    expect(sets.assignSets(ray, PROJECT)).toEqual({ practice: 0, sealed: 0 });
    expect(repos.records.byId(unfinished)?.set).toBe("unassigned");
    const before = new Map(repos.records.byIds(ids).map((record) => [record.id, record.set]));
    write(20, 20);
    expect(sets.assignSets(ray, PROJECT)).toEqual({ practice: 14, sealed: 6 });
    expect(new Map(repos.records.byIds(ids).map((record) => [record.id, record.set]))).toEqual(before);
  });

  it("a record that has been answered stays practice", () => {
    const { sets, ray, repos } = world;
    const ids = write(10);
    for (const [index, recordId] of ids.slice(0, 6).entries()) {
      repos.traces.insert({
        id: `trc_${index}`,
        projectId: PROJECT,
        recordId,
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
        createdAt: 5,
        recordRevision: 1,
        targetVersionId: null,
        provenance: "",
        outputKey: null,
      });
    }
    expect(sets.assignSets(ray, PROJECT)).toEqual({ practice: 6, sealed: 4 });
    expect(repos.records.byIds(ids.slice(0, 6)).map(({ set }) => set)).toEqual(Array(6).fill("practice"));
  });
});

describe("readiness (ux.md, moment 3)", () => {
  it("says what is missing, in words", () => {
    write(17);
    const missing = ["one", "two", "three"].map(
      (question) => world.records.create(world.ray, PROJECT, recordInput(question, "")).id,
    );
    expect(readiness()).toMatchObject({
      total: 20,
      usable: 17,
      headline: "17 of 20 records can be used.",
      detail: "Three do not say what a good answer does. The other 17 are enough for a first run.",
      missingExpectations: missing,
    });
  });

  it("says what the sealed records can show, as they are", () => {
    write(60);
    world.sets.assignSets(world.ray, PROJECT);
    expect(readiness()).toMatchObject({
      ready: true,
      practice: 42,
      sealed: 18,
      headline: "Ready for a first run.",
      detail:
        "42 practice records, 18 sealed. These 18 can show a gain of about 0.7 grades; 16 more sealed ones would show 0.5.",
      short: "18 sealed can show a gain of about 0.7 grades",
      moreSealedFor: { records: 16, gain: 0.5 },
    });
    expect(readiness().detectableGain).toBeCloseTo(0.7, 1);
  });

  it("foretells the sets before they are given", () => {
    write(60);
    const told = readiness();
    expect(told.detail).toMatch(
      /^With the first answers they become 42 practice records, 18 sealed\. These 18 can show a gain/,
    );
    expect([told.practice, told.sealed, told.unassigned]).toEqual([0, 0, 60]);
    world.sets.assignSets(world.ray, PROJECT);
    expect(readiness()).toMatchObject({ practice: 42, sealed: 18, unassigned: 0 });
  });

  it("one unfinished record among many does not hide that the rest is ready", () => {
    write(30);
    world.records.create(world.ray, PROJECT, recordInput("Is the left tackle hurt?", ""));
    expect(readiness()).toMatchObject({ ready: true, headline: "Ready for a first run." });
    expect(readiness().detail).toContain("One does not say what a good answer does.");
  });

  it("too few is not ready, and says how many are missing", () => {
    expect(readiness()).toMatchObject({ ready: false, headline: "No records yet." });
    write(12);
    expect(readiness()).toMatchObject({
      ready: false,
      headline: "12 of 15 records for a first run.",
      detail: "Fifteen varied ones are enough for a first run: 3 to go.",
    });
  });

  it("a prompt that is not in production offers its fields; no record lacks them while another one is", () => {
    write(15);
    addPrompt("football", "You help the coaches.", []);
    putIntoProduction("football");
    addPrompt("scout", "Scout {{ team }}.", ["team"]);
    expect(readiness()).toMatchObject({ usable: 15, promptFields: ["team"], missingFields: [] });
    putIntoProduction("scout");
    expect(readiness()).toMatchObject({ usable: 0, promptFields: ["team"] });
  });

  it("lists the records that lack a field of the prompt, and near-duplicates; it is measured anew after a change", () => {
    const ids = write(15);
    const { records, ray } = world;
    addPrompt("football", "You help {{ team }}.", ["team"]);
    expect(readiness()).toMatchObject({
      usable: 0,
      promptFields: ["team"],
      missingFields: ids.map((recordId) => ({ recordId, field: "team" })),
    });
    expect(readiness().detail).toContain('15 lack a field that the prompt uses, such as "team".');
    const first = records.get(ray, ids[0]!);
    records.update(ray, first.id, { inputs: { ...first.inputs, fields: { team: "Ravens" } } }, 1);
    expect(readiness().usable).toBe(1);
    const question = first.inputs.messages[0]!.content;
    const twin = records.create(ray, PROJECT, recordInput(`${question} Please.`)).id;
    expect(readiness().nearDuplicates).toEqual([[ids[0], twin]]);
  });

  it("tells a gain in the judge's own grades, or as a share where there are no grades", () => {
    write(60);
    world.sets.assignSets(world.ray, PROJECT);
    const judge = {
      projectId: PROJECT,
      name: "J",
      kind: "model" as const,
      createdBy: "system",
      createdAt: 1,
    };
    world.repos.judges.insert({
      ...judge,
      id: "jdg_1",
      scale: { kind: "boolean", trueLabel: "pass", falseLabel: "fail" },
    });
    expect(readiness().detail).toBe(
      "42 practice records, 18 sealed. These 18 can show a gain of about 35 % of the answers; 16 more sealed ones would show 25 %.",
    );
  });
});
