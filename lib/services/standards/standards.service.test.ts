import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { seedFootball } from "../sample/seed-football";
import { createTestServices, type TestServices } from "../testing/test-services";

let server: TestServices;
let judgeId: string;
let projectId: string;

beforeEach(async () => {
  server = createTestServices();
  projectId = seedFootball(server.deps, server.actor);
  await server.idle();
  judgeId = server.services.judges.list(server.actor, projectId)[0]!.id;
});
afterEach(() => server.close());

/** The sample's judge, taught and in use. */
async function taught() {
  const { alignments, judges } = server.services;
  const { id } = alignments.start(server.actor, judgeId);
  await server.idle();
  alignments.decide(server.actor, id, "used");
  return judges.get(server.actor, judgeId).inUse!;
}

const teaching = () => server.deps.repos.labels.listTeaching(projectId, judgeId);

describe("our standard changed", () => {
  it("UN1 UN2 shows first what is set aside, what goes, and what is worded anew; then does just that", async () => {
    const inUse = await taught();
    const { standards, judges } = server.services;
    const all = teaching().length;
    const [most] = standards.preview(server.actor, judgeId, {
      tag: null,
      before: Date.now(),
      labelIds: null,
    }).tags;
    const scope = { tag: most!.tag, before: Date.now(), labelIds: null };
    const foretold = standards.preview(server.actor, judgeId, scope);
    expect(foretold).toMatchObject({
      labels: most!.labels,
      left: all - most!.labels,
      baseVersion: inUse.version,
    });
    expect(foretold.removed.length + foretold.affected.length + foretold.untouched.length).toBe(
      inUse.guidelines.length,
    );
    const [retired] = foretold.untouched;
    const made = standards.change(server.actor, judgeId, {
      ...scope,
      retire: retired ? [retired.id] : [],
      reason: "New season, new scheme.",
    });
    expect(made).toMatchObject({
      labels: foretold.labels,
      reason: "New season, new scheme.",
      undoneAt: null,
    });
    expect(teaching()).toHaveLength(foretold.left);
    const draft = judges.version(server.actor, judgeId, made.versionId!).version;
    const gone = [...foretold.removed, ...(retired ? [retired] : [])].map(({ id }) => id);
    expect(draft.guidelines.map(({ id }) => id)).toEqual(
      inUse.guidelines.map(({ id }) => id).filter((id) => !gone.includes(id)),
    );
    expect(draft.episodeCount).toBe(inUse.episodeCount - foretold.remembered);
    // the version in use is as it was, and the labels are still the history of their answers
    expect(judges.get(server.actor, judgeId).inUse).toEqual(inUse);
    expect(server.deps.repos.labels.list(projectId, { judgeId })).toHaveLength(all);
  });

  it("UN1 one label alone can be set aside, and brought back; one that does not teach any more is refused", async () => {
    const inUse = await taught();
    const { standards, judges } = server.services;
    const [first] = inUse.guidelines;
    const [labelId] = first!.sourceLabelIds;
    const scope = { tag: null, before: Date.now(), labelIds: [labelId!] };
    const all = teaching().length;
    const foretold = standards.preview(server.actor, judgeId, scope);
    expect(foretold).toMatchObject({ labels: 1, left: all - 1 });
    expect([...foretold.removed, ...foretold.affected].map(({ id }) => id)).toContain(first!.id);
    const made = standards.change(server.actor, judgeId, { ...scope, retire: [], reason: "A slip." });
    expect(made.labels).toBe(1);
    expect(teaching().map(({ id }) => id)).not.toContain(labelId);
    const draft = judges.version(server.actor, judgeId, made.versionId!);
    expect(draft.remembered.map((label) => label.labelId)).not.toContain(labelId);
    expect(() =>
      standards.change(server.actor, judgeId, { ...scope, retire: [], reason: "Once more." }),
    ).toThrow(/does not teach any more/);
    standards.undo(server.actor, judgeId, made.id);
    expect(teaching()).toHaveLength(all);
  });

  it("teaching after it learns from what is left, and words anew what had lost labels", async () => {
    await taught();
    const { standards, alignments, judges } = server.services;
    const dates = teaching().map(({ createdAt }) => createdAt);
    const before = dates[Math.floor(dates.length / 2)]!;
    standards.change(server.actor, judgeId, {
      tag: null,
      before,
      labelIds: null,
      retire: [],
      reason: "New protocol.",
    });
    const left = new Set(teaching().map(({ id }) => id));
    const { id } = alignments.start(server.actor, judgeId);
    await server.idle();
    const { draftVersionId, report } = alignments.get(server.actor, id);
    expect(report!.usedLabels).toBe(left.size);
    const { version } = judges.version(server.actor, judgeId, draftVersionId!);
    expect(
      version.guidelines.flatMap(({ sourceLabelIds }) => sourceLabelIds).every((one) => left.has(one)),
    ).toBe(true);
  });

  it("can be taken back once, and the labels teach again", async () => {
    const all = teaching().length;
    const { standards } = server.services;
    const made = standards.change(server.actor, judgeId, {
      tag: null,
      before: Date.now(),
      labelIds: null,
      retire: [],
      reason: "A mistake.",
    });
    expect([made.labels, made.versionId, teaching().length]).toEqual([all, null, 0]);
    expect(server.services.alignments.preflight(server.actor, judgeId).blocks).toContain(
      "No answer has been labelled",
    );
    expect(standards.undo(server.actor, judgeId, made.id).undoneAt).not.toBeNull();
    expect(teaching()).toHaveLength(all);
    expect(() => standards.undo(server.actor, judgeId, made.id)).toThrow(/back already/);
  });

  it("that would change nothing is refused; so is a viewer", () => {
    const { standards } = server.services;
    const nothing = {
      tag: "no such tag",
      before: Date.now(),
      labelIds: null,
      retire: [],
      reason: "Nothing.",
    };
    expect(() => standards.change(server.actor, judgeId, nothing)).toThrow(/nothing would change/);
    const viewer = server.person("Vera", projectId, "viewer");
    expect(() => standards.preview(viewer, judgeId, nothing)).toThrow();
  });
});
