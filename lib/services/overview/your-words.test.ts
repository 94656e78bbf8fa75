import { afterEach, beforeEach, expect, it } from "vitest";
import {
  addJob,
  addJudge,
  addPrompt,
  addRecord,
  addTrace,
  addVersion,
  manifest,
  seededRepos,
} from "@/db/testing/seed";
import { newsSince } from "./since-you-were-here";

const RAY = {
  kind: "user",
  userId: "usr_ray",
  name: "Ray",
  isServerAdmin: false,
  roles: { prj: "expert" },
} as const;
const SIZE = "State the sample size with every percentage.";
const COUNTS = "Give counts beside shares.";
const NAMES = "Name who gets the ball.";
const PROMOTED_AT = 500;

let repos: ReturnType<typeof seededRepos>;
beforeEach(() => {
  repos = seededRepos();
  addJudge(repos);
  addRecord(repos, "rec_1", "What do they run?");
  addTrace(repos, "trc_1", "rec_1");
  repos.labels.commit({
    id: "lab_1",
    projectId: "prj",
    traceId: "trc_1",
    recordId: "rec_1",
    judgeId: "jdg",
    judgeVersionId: "jv_1",
    queueId: null,
    authorId: RAY.userId,
    value: 2,
    reason: "no sample size",
    betterAnswer: null,
    flagged: false,
    purpose: "teaching",
    createdAt: 100,
  });
  addPrompt(repos, ["Answer staff questions."]);
});
afterEach(() => repos.database.close());

/** A taught version in use, with a guideline from Ray's words and one of somebody else's. */
function teach(): void {
  const guideline = { active: true, conflictsWith: [], editedByPerson: false };
  repos.judges.addVersion({
    id: "jv_2",
    judgeId: "jdg",
    status: "draft",
    origin: "aligned",
    parentVersionId: "jv_1",
    alignmentId: null,
    instructions: "Grade it.",
    anchors: [],
    goodEnough: 4,
    models: {},
    guidelines: [
      { id: "gdl_1", text: "Percentages need their sample size.", sourceLabelIds: ["lab_1"], ...guideline },
      { id: "gdl_2", text: "Name the player.", sourceLabelIds: ["lab_of_jo"], ...guideline },
    ],
    episodes: [],
    retrieval: { kind: "lexical" },
    rule: null,
    actorId: "usr_jo",
    at: 200,
  });
  repos.judges.putToUse("jdg", "jv_2");
}

/** A run whose candidate has these sentences with the guidelines behind each; its review is promoted as version 2. */
function promote(
  changes: readonly (readonly [sentence: string, guidelineIds: string[]])[],
  text: string,
): void {
  addJob(repos, "job_run");
  repos.runs.insert({
    id: "run",
    projectId: "prj",
    promptId: "prm",
    promptVersionId: "pv_1",
    jobId: "job_run",
    manifest: { ...manifest, judges: [{ judgeVersionId: "jv_2", weight: 1, floor: null }] },
    actorId: "usr_jo",
    at: 250,
  });
  const components = { system: text };
  repos.candidates.saveProposal({
    runId: "run",
    proposalId: "p1",
    parentIds: ["c0"],
    component: "system",
    components,
    summary: "",
    changes: changes.map(([sentence, guidelineIds]) => ({
      sentence,
      guidelineIds,
      exampleIds: [],
      verified: true,
    })),
    shownExampleIds: [],
    callKeys: [],
    createdAt: 300,
  });
  repos.candidates.save({ runId: "run", candidateId: "c1", components, proposalId: "p1", createdAt: 300 });
  addVersion(repos, "pv_2", text);
  repos.reviews.insert({
    id: "rev_1",
    projectId: "prj",
    promptId: "prm",
    runId: "run",
    candidateId: "c1",
    components,
    layout: ["system"],
    modelConfig: {},
    contentHash: "hash",
    authorId: "usr_jo",
    simulated: true,
    createdAt: 400,
  });
  repos.reviews.moveOn("rev_1", "open", {
    state: "promoted",
    byId: "usr_jo",
    reason: "",
    promotedVersionId: "pv_2",
    at: PROMOTED_AT,
  });
  repos.aliases.move({
    promptId: "prm",
    alias: "production",
    expectedCurrent: null,
    toVersionId: "pv_2",
    event: {
      id: "ale_1",
      kind: "promotion",
      reason: "",
      reviewId: "rev_1",
      evidenceSentence: null,
      selfApproved: false,
      overridden: false,
      actorId: "usr_jo",
      at: PROMOTED_AT,
    },
  });
}

const yourWords = (since: number) =>
  newsSince({ repos, now: () => 1_000 }, RAY, "prj", since).filter(({ sentence }) =>
    sentence.startsWith("Your"),
  );

it("tells that your words became a guideline, once it is taught", () => {
  expect(yourWords(0)).toEqual([]);
  teach();
  expect(yourWords(0)).toEqual([
    {
      sentence: "Your “no sample size” became the guideline “Percentages need their sample size.”.",
      href: "/p/prj/judge",
      linkWords: "See where",
    },
  ]);
});

it("counts the sentences in production that stand on it: those that are still in the text, each once", () => {
  teach();
  const changes = [
    [SIZE, ["gdl_1"]],
    [COUNTS, ["gdl_1", "gdl_2"]],
    [NAMES, ["gdl_2"]],
    ["A sentence that a later edit took out again.", ["gdl_1"]],
    [SIZE, ["gdl_1"]],
  ] as const;
  promote(
    changes.map(([sentence, ids]) => [sentence, [...ids]]),
    [SIZE, COUNTS, NAMES].join(" "),
  );
  expect(yourWords(0)).toEqual([
    {
      sentence:
        "Your “no sample size” became the guideline “Percentages need their sample size.” and changed 2 sentences of v2.",
      href: "/p/prj/reviews/rev_1",
      linkWords: "See where",
    },
  ]);
  // taught before the last visit, promoted since
  expect(yourWords(PROMOTED_AT - 1)).toHaveLength(1);
  expect(yourWords(PROMOTED_AT)).toEqual([]);
});

it("says one sentence for one, and names no version that no sentence of yours is in", () => {
  teach();
  promote([[SIZE, ["gdl_1"]]], SIZE);
  expect(yourWords(0)[0]?.sentence).toMatch(/ and changed one sentence of v2\.$/);
});
