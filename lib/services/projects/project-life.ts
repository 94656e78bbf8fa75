import "server-only";
import type { Project } from "@/db/repos/projects.repo";
import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import { audit } from "../audit";
import { actorId, authorize } from "../authorize";
import { untaughtVersion } from "../judges/untaught";
import type { ServiceDeps } from "../service-deps";
import { makeProject } from "./create-project";
import type { Purge } from "./purge";

const RECORDS_A_WRITE = 200;

/**
 * A project of its own with the same About card, models, settings and question of the judge, with the prompt that is
 * in production as its first one, and with the records. What experts did here (labels, guidelines) and what was
 * proven here stays here; the sets are given anew.
 */
export function duplicateProject(deps: ServiceDeps, actor: Actor, source: Project, name: string): Project {
  authorize(actor, "project:manage", source.id);
  const { repos, now } = deps;
  const by = actorId(actor);
  return repos.transaction(() => {
    const { about, models, settings } = source;
    const startingPrompt = promptTextOf(deps, source.id);
    const { project } = makeProject(deps, {
      name,
      about,
      models,
      settings,
      isSample: false,
      startingPrompt,
      actorId: by,
    });
    if (actor.kind === "user") repos.members.setRole(project.id, actor.userId, "admin", now());
    const records = copyRecords(deps, source.id, project.id, by);
    copyJudge(deps, source.id, project.id, by);
    const details = { from: source.id, records };
    audit(deps, actor, {
      projectId: project.id,
      action: "project-duplicated",
      subjectType: "project",
      subjectId: project.id,
      details,
    });
    return project;
  });
}

/**
 * Deletes a project for good, once its name was typed: at once it is gone for everybody, its keys end and its work
 * stops; then all that belongs to it is deleted, in the background. What stays is that it was done, by whom and when.
 * Throws `invalid-input` when another name was typed.
 */
export async function deleteProject(
  deps: ServiceDeps,
  purge: Purge,
  actor: Actor,
  project: Project,
  typedName: string,
): Promise<void> {
  authorize(actor, "project:manage", project.id);
  if (typedName.trim() !== project.name) {
    const message = `Type the name as it stands: ${project.name}`;
    throw new AppError("invalid-input", `${message}. Nothing was deleted.`, {
      errors: [{ path: "name", message }],
    });
  }
  const { repos, now } = deps;
  repos.transaction(() => {
    const at = now();
    for (const { id } of repos.apiKeys.list(project.id)) repos.apiKeys.revoke(id, at);
    for (const { userId } of repos.members.list(project.id)) repos.members.remove(project.id, userId);
    repos.projects.markDeleted(project.id, at);
    // of the server: what is of the project goes with it
    audit(deps, actor, {
      projectId: null,
      action: "project-deleted",
      subjectType: "project",
      subjectId: project.id,
    });
  });
  await purge.begin(project.id, actor.name);
}

/** The text in production, else the newest; parts joined as the prompt lays them out. */
function promptTextOf({ repos }: ServiceDeps, projectId: string): string {
  const [prompt] = repos.prompts.list(projectId);
  if (!prompt) return "";
  const alias = repos.aliases.get(prompt.id, "production");
  const version = alias ? repos.prompts.versionById(alias.versionId) : repos.prompts.latestVersion(prompt.id);
  return version ? version.layout.map((part) => version.components[part] ?? "").join("\n\n") : "";
}

function copyRecords({ repos, newId, now }: ServiceDeps, from: string, to: string, actorId: string): number {
  const records = repos.records.live(from);
  for (let start = 0; start < records.length; start += RECORDS_A_WRITE) {
    repos.records.insertMany(
      records
        .slice(start, start + RECORDS_A_WRITE)
        .map(({ inputs, expectations, tags, critical, source }) => {
          return {
            id: newId("rec"),
            projectId: to,
            inputs,
            expectations,
            tags,
            critical,
            source,
            actorId,
            at: now(),
          };
        }),
    );
  }
  return records.length;
}

/** The question and the grades of the judge in use, without what it has learned: that rests on labels of the other. */
function copyJudge({ repos, newId, now }: ServiceDeps, from: string, to: string, by: string): void {
  const judge = repos.judges.list(from).find(({ kind }) => kind === "model");
  const version = judge ? (repos.judges.inUse(judge.id) ?? repos.judges.draft(judge.id)) : null;
  if (!judge || !version) return;
  const copy = repos.judges.insert({
    ...judge,
    id: newId("jdg"),
    projectId: to,
    createdBy: by,
    createdAt: now(),
  });
  const { instructions, anchors, goodEnough } = version;
  repos.judges.addVersion({
    id: newId("jdv"),
    judgeId: copy.id,
    status: "in-use",
    ...untaughtVersion(),
    instructions,
    anchors,
    goodEnough,
    actorId: by,
    at: now(),
  });
}
