import "server-only";
import type { ProjectModels, ProjectView } from "@/lib/contracts/projects";
import { untaughtVersion } from "../judges/untaught";
import { type MadeProject, makeProject } from "../projects/create-project";
import { SIMULATED_MODELS } from "../projects/default-models";
import type { ServiceDeps } from "../service-deps";
import type { SampleProjectContent } from "./sample-types";

export interface SeededProject extends MadeProject {
  judgeId: string;
  judgeVersionId: string;
  /** Key in the content → record id. */
  recordIds: ReadonlyMap<string, string>;
}

/** Project, prompt, judge and records of a sample. Inside the caller's transaction. */
export function seedProject(
  deps: Pick<ServiceDeps, "repos" | "now" | "newId">,
  content: SampleProjectContent,
  actorId: string,
  options: { isSample: boolean; models?: ProjectModels },
): SeededProject {
  const { repos, now, newId } = deps;
  const settings: ProjectView["settings"] = {
    v: 1,
    selfApproval: true,
    approvalQuorum: 1,
    verdictAtOnce: false,
    blockPersonalData: false,
  };
  const made = makeProject(deps, {
    name: content.project.name,
    about: { v: 1, ...content.project.about },
    models: options.models ?? SIMULATED_MODELS,
    settings,
    isSample: options.isSample,
    startingPrompt: content.startingPrompt,
    actorId,
  });
  const projectId = made.project.id;
  const judge = seedJudge(deps, projectId, content.judge, actorId);
  const recordIds = new Map(content.records.map(({ key }) => [key, newId("rec")]));
  repos.records.insertMany(
    content.records.map(({ key, tags, critical, inputs, expectations }) => ({
      id: recordIds.get(key) ?? "",
      projectId,
      critical,
      tags,
      inputs: { v: 1, ...inputs },
      expectations: { v: 1, ...expectations },
      source: options.isSample ? "sample" : "import",
      actorId,
      at: now(),
    })),
  );
  return { ...made, ...judge, recordIds };
}

function seedJudge(
  { repos, now, newId }: Pick<ServiceDeps, "repos" | "now" | "newId">,
  projectId: string,
  content: SampleProjectContent["judge"],
  actorId: string,
): Pick<SeededProject, "judgeId" | "judgeVersionId"> {
  const { name, scale, anchors, goodEnough, instructions } = content;
  const judge = repos.judges.insert({
    id: newId("jdg"),
    projectId,
    name,
    kind: "model",
    scale,
    createdBy: actorId,
    createdAt: now(),
  });
  const version = repos.judges.addVersion({
    id: newId("jdv"),
    judgeId: judge.id,
    status: "in-use",
    ...untaughtVersion(),
    instructions,
    anchors,
    goodEnough,
    actorId,
    at: now(),
  });
  return { judgeId: judge.id, judgeVersionId: version.id };
}
