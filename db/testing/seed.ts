import type { JudgeView } from "@/lib/contracts/judges";
import type { ProjectModels } from "@/lib/contracts/projects";
import type { CreateRecordInput } from "@/lib/contracts/records";
import type { RunManifest } from "@/lib/contracts/runs";
import type { Database } from "../client";
import { createRepos, type Repos } from "../repos/create-repos";
import type { JobKind } from "../repos/jobs.repo";
import { openTestDb } from "../test-db";

// Small rows that tests of repos start from. Ids are plain words: repos never look inside them.

export const models: ProjectModels = {
  v: 1,
  task: { connectionId: "con_1", model: "sim-task", settings: {} },
  judge: { connectionId: "con_1", model: "sim-judge", settings: { temperature: 0 } },
  reflection: { connectionId: "con_1", model: "sim-reflect", settings: {} },
  embedding: null,
};

export const fiveGrades: JudgeView["scale"] = { kind: "numeric", min: 1, max: 5, step: 1 };

export function inputsOf(question: string, fields: Record<string, string> = {}): CreateRecordInput["inputs"] {
  return { v: 1, messages: [{ role: "user", content: question }], fields };
}

export function expects(text: string): CreateRecordInput["expectations"] {
  return { v: 1, expected_response: text, facts: [], mustNever: [] };
}

/** A database with one project `prj` and the people Ray (`usr_ray`) and Jo (`usr_jo`). */
export function seededRepos(): Repos & { database: Database } {
  const database = openTestDb();
  const repos = createRepos(database);
  for (const [id, name] of [
    ["usr_ray", "Ray"],
    ["usr_jo", "Jo"],
  ] as const) {
    repos.users.insert({ id, name, email: `${name.toLowerCase()}@example.org`, isServerAdmin: false, at: 1 });
  }
  repos.projects.insert({
    id: "prj",
    name: "Football",
    slug: "football",
    about: { v: 1, purpose: "", reliedOnBy: "", outOfScope: "", dataKinds: "", owner: "" },
    models,
    settings: { v: 1, selfApproval: true, approvalQuorum: 1, verdictAtOnce: false, blockPersonalData: false },
    isSample: false,
    createdAt: 1,
  });
  return { ...repos, database };
}

export function addRecord(
  repos: Repos,
  id: string,
  question: string,
  more: Partial<{ expected: string; tags: string[]; critical: boolean; at: number }> = {},
) {
  const { expected = "says so", tags = [], critical = false, at = 10 } = more;
  return repos.records.insert({
    id,
    projectId: "prj",
    inputs: inputsOf(question),
    expectations: expects(expected),
    tags,
    critical,
    source: "written",
    actorId: "usr_ray",
    at,
  });
}

/** Prompt `prm` with one version for each text: `pv_1`, `pv_2`, … */
export function addPrompt(repos: Repos, texts: readonly string[]): void {
  repos.prompts.insert({ id: "prm", projectId: "prj", name: "football", createdAt: 1 });
  for (const [index, text] of texts.entries()) addVersion(repos, `pv_${index + 1}`, text);
}

export function addVersion(repos: Repos, id: string, text: string) {
  return repos.prompts.addVersion({
    id,
    promptId: "prm",
    components: { system: text },
    layout: ["system"],
    variables: [],
    modelConfig: {},
    contentHash: `hash of ${text}`,
    commitMessage: "",
    tags: {},
    source: "written",
    actorId: "usr_ray",
    at: 5,
  });
}

/** Judge `jdg` with version `jv_1` in use. */
export function addJudge(repos: Repos): void {
  repos.judges.insert({
    id: "jdg",
    projectId: "prj",
    name: "Quality",
    kind: "model",
    scale: fiveGrades,
    createdBy: "usr_ray",
    createdAt: 1,
  });
  addJudgeVersion(repos, "jv_1", "in-use");
}

export function addJudgeVersion(repos: Repos, id: string, status: "draft" | "in-use") {
  return repos.judges.addVersion({
    id,
    judgeId: "jdg",
    status,
    origin: "written",
    parentVersionId: null,
    alignmentId: null,
    instructions: "Grade it.",
    anchors: [],
    goodEnough: 4,
    models: {},
    guidelines: [],
    episodes: [],
    retrieval: { kind: "lexical" },
    rule: null,
    actorId: "usr_ray",
    at: 2,
  });
}

export function addTrace(
  repos: Repos,
  id: string,
  recordId: string,
  more: Partial<{ evaluationId: string; at: number }> = {},
) {
  return repos.traces.insert({
    id,
    projectId: "prj",
    recordId,
    recordRevision: 1,
    evaluationId: more.evaluationId ?? null,
    promptVersionId: null,
    targetVersionId: null,
    state: "OK",
    question: "q",
    output: `answer ${id}`,
    cause: null,
    steps: [],
    provenance: "",
    outputKey: null,
    simulated: true,
    latencyMs: 3,
    costUsd: null,
    createdAt: more.at ?? 20,
  });
}

export function addJob(repos: Repos, id: string, kind: JobKind = "run", at = 30) {
  return repos.jobs.enqueue({
    id,
    kind,
    projectId: "prj",
    subjectId: `subject of ${id}`,
    caps: { maxMetricCalls: 75, maxUsd: null, maxMinutes: null },
    total: 75,
    actorId: "usr_ray",
    at,
  });
}

export const manifest: RunManifest = {
  v: 3,
  engineVersion: "1",
  promptVersionId: "pv_1",
  targetVersionId: "tgv_1",
  judges: [{ judgeVersionId: "jv_1", weight: 1, floor: null }],
  models: {},
  snapshotId: "snp_1",
  trainset: ["rec_1"],
  valset: ["rec_1"],
  maxMetricCalls: 75,
  maxUsd: null,
  maxMinutes: null,
  strategy: "frugal",
  lanes: 1,
  concurrency: 16,
  seed: 1,
  exploratory: true,
  simulated: true,
  reason: "",
  about: "Answers questions of nurses.",
  reflectionExamples: 8,
};

/** Run `run` of prompt version `pv_1`, with job `job_run`. */
export function addRun(repos: Repos, id = "run") {
  addJob(repos, `job_${id}`);
  return repos.runs.insert({
    id,
    projectId: "prj",
    promptId: "prm",
    promptVersionId: "pv_1",
    jobId: `job_${id}`,
    manifest,
    actorId: "usr_ray",
    at: 30,
  });
}
