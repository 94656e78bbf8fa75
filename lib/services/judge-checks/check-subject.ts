import "server-only";
import type { ModelPins } from "@/db/formats";
import type { Judge } from "@/db/repos/judges.repo";
import { AppError } from "@/lib/contracts/errors";
import type { EditJudgeInput } from "@/lib/contracts/judge-page";
import type { JudgeSnapshot } from "@/lib/judge";
import { hostWords } from "../alignments/preflight";
import { editVersion } from "../judges/edit-version";
import { findVersion } from "../judges/judge-views";
import { judgeSnapshotOf } from "../runs/run-frame";
import type { ServiceDeps } from "../service-deps";

type Changes = Omit<EditJudgeInput, "baseVersionId">;

/** A saved version as the judge core takes it, with what a person has changed of it and not saved. */
export function snapshotWith(
  deps: Pick<ServiceDeps, "repos">,
  judge: Judge,
  versionId: string,
  changes: Changes | null,
): JudgeSnapshot {
  const saved = judgeSnapshotOf(deps, findVersion(deps, judge, versionId).id);
  if (changes === null) return saved;
  const version = deps.repos.judges.versionById(versionId);
  if (!version) throw new AppError("not-found", `"${judge.name}" has no such version.`);
  const { rule, ...edited } = editVersion(judge, version, changes);
  return { ...saved, ...edited, rule, versionId: `${saved.versionId}-changed` };
}

/** The models that judge in this project now, and where their text goes. */
export function judgingModels(
  { repos }: Pick<ServiceDeps, "repos">,
  judge: Judge,
): { models: ModelPins; host: string; simulated: boolean } {
  const project = repos.projects.byId(judge.projectId);
  if (!project) throw new AppError("not-found", "There is no such project.");
  const { judge: judging, embedding } = project.models;
  const connections = [judging, embedding].flatMap((ref) =>
    ref === null ? [] : (repos.connections.byId(ref.connectionId) ?? []),
  );
  const once = connections.filter((one, index) => connections.findIndex(({ id }) => id === one.id) === index);
  return {
    models: { judge: judging, embedding },
    host: judge.kind === "rule" ? "nowhere: a rule is checked by code" : hostWords(once),
    simulated: judge.kind === "model" && once.some(({ kind }) => kind === "simulated"),
  };
}
