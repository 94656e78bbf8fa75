import "server-only";
import type { ModelAssignment, ProjectModels } from "@/lib/contracts/projects";
import { untaughtVersion } from "../judges/untaught";
import { makeProject } from "../projects/create-project";
import { SIMULATED_MODELS } from "../projects/default-models";
import type { ServiceDeps } from "../service-deps";
import type { HeadlessInputs, HeadlessRecord } from "./inputs";
import type { HeadlessOptions } from "./options";

export const ACTOR = { kind: "system", name: "optimize" } as const;
const ACTOR_ID = "system:optimize";
const CALL_TIMEOUT_MS = 120_000;

export interface HeadlessProject {
  projectId: string;
  promptVersionId: string;
  judgeVersionId: string;
}

/** The project of one command: connection, prompt, judge, records with their sets. All or nothing. */
export function makeHeadlessProject(
  deps: ServiceDeps,
  options: Pick<HeadlessOptions, "endpoint" | "concurrency">,
  inputs: HeadlessInputs,
  sealed: ReadonlySet<number>,
): HeadlessProject {
  return deps.repos.transaction(() => {
    const { project, version } = makeProject(deps, {
      name: "Command line",
      about: { v: 1, purpose: "", reliedOnBy: "", outOfScope: "", dataKinds: "", owner: "" },
      models: modelsOf(deps, options),
      settings: {
        v: 1,
        selfApproval: true,
        approvalQuorum: 1,
        verdictAtOnce: false,
        blockPersonalData: false,
      },
      isSample: false,
      startingPrompt: inputs.prompt,
      actorId: ACTOR_ID,
    });
    if (!version) throw new Error("the starting prompt was not registered");
    insertRecords(deps, project.id, inputs.records, sealed);
    return {
      projectId: project.id,
      promptVersionId: version.id,
      judgeVersionId: makeJudge(deps, project.id, inputs),
    };
  });
}

function modelsOf(
  { repos, env, secrets, now, newId }: ServiceDeps,
  { endpoint, concurrency }: Pick<HeadlessOptions, "endpoint" | "concurrency">,
): ProjectModels {
  if (endpoint === null) return SIMULATED_MODELS;
  const { id } = repos.connections.insert({
    id: newId("con"),
    name: new URL(endpoint.baseUrl).host,
    kind: "real",
    baseUrl: endpoint.baseUrl,
    sealedKey: env.OPENAI_API_KEY ? secrets.seal(env.OPENAI_API_KEY) : null,
    sealedHeaders: null,
    prices: {},
    maxConcurrency: concurrency,
    timeoutMs: CALL_TIMEOUT_MS,
    fromEnvironment: false,
    createdBy: ACTOR_ID,
    createdAt: now(),
  });
  // No temperature is set: some endpoints refuse any but their own.
  const role = (model: string): ModelAssignment => ({ connectionId: id, model, settings: {} });
  return {
    v: 1,
    task: role(endpoint.taskModel),
    judge: role(endpoint.judgeModel),
    reflection: role(endpoint.reflectionModel),
    embedding: null,
  };
}

function makeJudge(
  { repos, now, newId }: ServiceDeps,
  projectId: string,
  { scale: given, instructions }: HeadlessInputs,
): string {
  const scale = given.kind === "categories" ? { ...given, values: [...given.values] } : given;
  const judge = repos.judges.insert({
    id: newId("jdg"),
    projectId,
    name: "Judge",
    kind: "model",
    scale,
    createdBy: ACTOR_ID,
    createdAt: now(),
  });
  const version = repos.judges.addVersion({
    id: newId("jdv"),
    judgeId: judge.id,
    status: "in-use",
    ...untaughtVersion(),
    instructions,
    anchors: [],
    goodEnough: null,
    actorId: ACTOR_ID,
    at: now(),
  });
  return version.id;
}

/** Ids follow the order of the file, and draws go by ids: the same file and seed search the same way again. */
function insertRecords(
  { repos, now }: ServiceDeps,
  projectId: string,
  records: readonly HeadlessRecord[],
  sealed: ReadonlySet<number>,
): void {
  const place = repos.projects.list().length;
  const idOf = (index: number): string =>
    `rec_cli${String(place).padStart(6, "0")}n${String(index + 1).padStart(6, "0")}`;
  const at = now();
  repos.records.insertMany(
    records.map(({ inputs, expectations, tags, critical }, index) => ({
      id: idOf(index),
      projectId,
      critical,
      tags,
      inputs,
      expectations,
      source: "import",
      actorId: ACTOR_ID,
      at,
    })),
  );
  repos.records.assignSets(
    records.map((_, index) => ({ recordId: idOf(index), set: sealed.has(index) ? "sealed" : "practice" })),
  );
}
