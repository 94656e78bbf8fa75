import "server-only";
import type { Judge, JudgeVersionSummary } from "@/db/repos/judges.repo";
import { AppError } from "@/lib/contracts/errors";
import type { EditJudgeInput, JudgeVersionDetail } from "@/lib/contracts/judge-page";
import { defaultJudgeTemplate } from "@/lib/contracts/judge-templates";
import type { CreateJudgeInput, JudgeVersionView, JudgeView } from "@/lib/contracts/judges";
import type { Actor } from "@/lib/contracts/permissions";
import { audit } from "../audit";
import { actorId, authorize, can } from "../authorize";
import type { ServiceDeps } from "../service-deps";
import { checkJudge } from "./check-judge";
import { editVersion } from "./edit-version";
import { findJudge, findVersion, judgeVersionView, judgeView } from "./judge-views";
import { putToUse } from "./put-to-use";
import { untaughtVersion } from "./untaught";
import { versionDetailOf } from "./version-detail";

/** Judges and their versions. What they learn from labels is in lib/services/alignments. */
export function createJudgesService(deps: ServiceDeps) {
  const { repos } = deps;
  return {
    /** Oldest first. */
    list(actor: Actor, projectId: string): JudgeView[] {
      authorize(actor, "project:read", projectId);
      return repos.judges.list(projectId).map((judge) => judgeView(deps, judge));
    },

    get: (actor: Actor, judgeId: string): JudgeView =>
      judgeView(deps, findJudge(deps, actor, "project:read", judgeId)),

    /** Newest first. */
    versions: (actor: Actor, judgeId: string): JudgeVersionView[] =>
      repos.judges.versions(findJudge(deps, actor, "project:read", judgeId).id).map(judgeVersionView),

    version: (actor: Actor, judgeId: string, versionId: string): JudgeVersionDetail =>
      versionDetailOf(deps, actor, findJudge(deps, actor, "project:read", judgeId), versionId),

    /** In use at once when the writer may decide that; else a draft that a lead expert or an engineer puts to use. */
    create(actor: Actor, projectId: string, input: CreateJudgeInput): JudgeView {
      authorize(actor, "judges:draft", projectId);
      checkJudge(input);
      const status = can(actor, "judges:use", projectId) ? "in-use" : "draft";
      return judgeView(deps, addJudge(deps, actor, projectId, input, status));
    },

    /** The judge that a new project begins with, in use; the one that is there when there is one. */
    ensureDefault(actor: Actor, projectId: string): JudgeView {
      authorize(actor, "judges:draft", projectId);
      const [known] = repos.judges.list(projectId);
      return judgeView(deps, known ?? addJudge(deps, actor, projectId, defaultJudgeTemplate.judge, "in-use"));
    },

    /** A hand edit as a new draft; the version it was made from is untouched. */
    edit: (actor: Actor, judgeId: string, input: EditJudgeInput): JudgeVersionView =>
      edit(deps, actor, findJudge(deps, actor, "judges:draft", judgeId), input),

    /** Sets a hand-edited draft aside; it stays in the history. */
    discard(actor: Actor, judgeId: string, versionId: string): JudgeView {
      const judge = findJudge(deps, actor, "judges:draft", judgeId);
      const version = findVersion(deps, judge, versionId);
      if (version.status !== "draft" || version.alignmentId !== null) {
        throw new AppError(
          "conflict",
          `Version ${version.version} is no hand-edited draft. Nothing was changed.`,
        );
      }
      repos.transaction(() => {
        repos.judges.setStatus(version.id, "retired");
        audit(deps, actor, {
          projectId: judge.projectId,
          action: "judge-draft-discarded",
          subjectType: "judge",
          subjectId: judge.id,
          details: { version: version.version },
        });
      });
      return judgeView(deps, judge);
    },

    /** Puts a version to use, also an earlier one. */
    use(
      actor: Actor,
      judgeId: string,
      versionId: string,
    ): { judge: JudgeView; rulerSentence: string | null } {
      const judge = findJudge(deps, actor, "judges:use", judgeId);
      const sentence = putToUse(deps, actor, judge, findVersion(deps, judge, versionId));
      return { judge: judgeView(deps, judge), rulerSentence: sentence };
    },
  };
}

function addJudge(
  deps: ServiceDeps,
  actor: Actor,
  projectId: string,
  input: CreateJudgeInput,
  status: "draft" | "in-use",
): Judge {
  const { repos, now, newId } = deps;
  const { name, scale, anchors, goodEnough, rule = null } = input;
  const createdBy = actorId(actor);
  return repos.transaction(() => {
    if (repos.judges.list(projectId).some((judge) => judge.name.toLowerCase() === name.toLowerCase())) {
      throw new AppError(
        "conflict",
        `This project has a judge called "${name}" already. Nothing was saved; choose another name.`,
        {
          errors: [{ path: "name", message: "This name is taken." }],
        },
      );
    }
    const judge = repos.judges.insert({
      id: newId("jdg"),
      projectId,
      name,
      kind: rule === null ? "model" : "rule",
      scale,
      createdBy,
      createdAt: now(),
    });
    repos.judges.addVersion({
      id: newId("jdv"),
      judgeId: judge.id,
      status,
      ...untaughtVersion(),
      instructions: rule === null ? input.instructions : "",
      anchors,
      goodEnough,
      rule,
      actorId: createdBy,
      at: now(),
    });
    audit(deps, actor, {
      projectId,
      action: "judge-created",
      subjectType: "judge",
      subjectId: judge.id,
      details: { name },
    });
    return judge;
  });
}

function edit(deps: ServiceDeps, actor: Actor, judge: Judge, input: EditJudgeInput): JudgeVersionView {
  const { repos, now, newId } = deps;
  const baseId = input.baseVersionId ?? (repos.judges.draft(judge.id) ?? repos.judges.inUse(judge.id))?.id;
  return repos.transaction(() => {
    const base = baseId === undefined ? null : repos.judges.versionById(findVersion(deps, judge, baseId).id);
    if (!base) throw new AppError("not-found", `"${judge.name}" has no version to edit.`);
    const made: JudgeVersionSummary = repos.judges.addVersion({
      id: newId("jdv"),
      judgeId: judge.id,
      status: "draft",
      origin: "edited",
      parentVersionId: base.id,
      alignmentId: null,
      ...editVersion(judge, base, input),
      models: base.models,
      episodes: base.episodes,
      retrieval: base.retrieval,
      actorId: actorId(actor),
      at: now(),
    });
    const details = { version: made.version, from: base.version };
    audit(deps, actor, {
      projectId: judge.projectId,
      action: "judge-edited",
      subjectType: "judge",
      subjectId: judge.id,
      details,
    });
    return judgeVersionView(made);
  });
}
