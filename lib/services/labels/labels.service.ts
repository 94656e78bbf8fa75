import "server-only";
import type { z } from "zod";
import { decodeCursor, type Page, pageOf } from "@/db/repos/common";
import type { Label } from "@/db/repos/labels.repo";
import { foldForSearch } from "@/db/repos/record-text";
import { AppError } from "@/lib/contracts/errors";
import type {
  addNoteInput,
  CommitLabelInput,
  CommittedLabel,
  Disagreement,
  ExpertAgreement,
  LabelView,
  ListedLabel,
  settleInput,
} from "@/lib/contracts/labels";
import type { Actor } from "@/lib/contracts/permissions";
import { formatValue } from "@/lib/judge";
import { audit } from "../audit";
import { actorId, assertWithinLink, authorize, can } from "../authorize";
import type { ServiceDeps } from "../service-deps";
import { blindTraceIds } from "./blind";
import { amendLabel, commitLabel } from "./commit-label";
import { disagreementsOf } from "./disagreements";
import { expertAgreementOf } from "./expert-agreement";
import { reasonChipsOf } from "./reason-chips";

import { addNote, settle, unsettle } from "./settle";

export interface LabelListQuery {
  judge?: string | undefined;
  mine: boolean;
  /** Words that stand in the question, the reason or the better answer. */
  q?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** Labels: one expert's verdict on one answer. Nothing is overwritten; a later label supersedes an earlier one. */
export function createLabelsService(deps: ServiceDeps) {
  const { repos } = deps;
  return {
    commit: (actor: Actor, input: CommitLabelInput): CommittedLabel => commitLabel(deps, actor, input),

    /** Takes one's own label back; the one that it superseded counts again. */
    undo: (actor: Actor, labelId: string): LabelView => undo(deps, actor, labelId),

    /** Gives the reason, or another grade, later. */
    addReason: (
      actor: Actor,
      labelId: string,
      changes: { value?: CommitLabelInput["value"] | undefined; reason?: string | undefined },
    ): LabelView => amendLabel(deps, actor, labelId, changes),

    /** Labels that count, newest first; a colleague's only once one's own is given. */
    list: (actor: Actor, projectId: string, query: LabelListQuery): Page<ListedLabel> =>
      list(deps, actor, projectId, query),

    /** Answers on which experts are apart. */
    disagreements(actor: Actor, projectId: string): Disagreement[] {
      authorize(actor, "project:read", projectId);
      return disagreementsOf(deps, projectId, actorId(actor), blindTraceIds(deps, actor, projectId));
    },

    /** How far experts agree: a person's own, and for the lead all of them together. */
    agreement(actor: Actor, projectId: string): ExpertAgreement {
      authorize(actor, "project:read", projectId);
      const viewer = { id: actorId(actor), isLead: can(actor, "judges:use", projectId) };
      return expertAgreementOf(deps, projectId, viewer);
    },

    /** Says something about an answer on which experts differ. */
    addNote: (actor: Actor, projectId: string, traceId: string, input: z.output<typeof addNoteInput>): void =>
      addNote(deps, actor, projectId, traceId, input),

    /** The lead expert's decision on an answer. */
    settle: (actor: Actor, projectId: string, traceId: string, input: z.output<typeof settleInput>): void =>
      settle(deps, actor, projectId, traceId, input),

    /** Opens a settled answer again. */
    unsettle: (actor: Actor, projectId: string, traceId: string, judgeId: string): void =>
      unsettle(deps, actor, projectId, traceId, judgeId),

    /** Short reasons given before in this project, most used first. */
    reasonChips(actor: Actor, projectId: string, judgeId: string): string[] {
      authorize(actor, "labels:write", projectId);
      const judge = repos.judges.byId(judgeId);
      if (judge?.projectId !== projectId)
        throw new AppError("not-found", "There is no such judge in this project.");
      return reasonChipsOf(deps, projectId, judge, repos.judges.inUse(judgeId)?.goodEnough ?? null);
    },
  };
}

function undo(deps: ServiceDeps, actor: Actor, labelId: string): LabelView {
  const { repos, now } = deps;
  const label = repos.labels.byId(labelId);
  if (!label) throw new AppError("not-found", "There is no such label.");
  authorize(actor, "labels:write", label.projectId);
  assertWithinLink(actor, label.queueId);
  return repos.transaction(() => {
    const withdrawn = repos.labels.withdraw(labelId, actorId(actor), now());
    if (!withdrawn)
      throw new AppError("conflict", "This label is not yours, or it counts no more. Nothing was changed.");
    const details = { traceId: label.traceId };
    audit(deps, actor, {
      projectId: label.projectId,
      action: "label-withdrawn",
      subjectType: "label",
      subjectId: labelId,
      details,
    });
    return withdrawn;
  });
}

function list(deps: ServiceDeps, actor: Actor, projectId: string, query: LabelListQuery): Page<ListedLabel> {
  authorize(actor, "project:read", projectId);
  const { repos } = deps;
  const me = actorId(actor);
  const filter = {
    ...(query.judge === undefined ? {} : { judgeId: query.judge }),
    ...(query.mine ? { authorId: me } : {}),
  };
  const blind = query.mine ? new Set<string>() : blindTraceIds(deps, actor, projectId);
  const newestFirst = matching(deps, repos.labels.list(projectId, filter).reverse(), query.q);
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor);
  const rest = newestFirst.filter(
    ({ id, createdAt, traceId, author }) =>
      (author.id === me || !blind.has(traceId)) && (after === null || isBefore([createdAt, id], after)),
  );
  const page = pageOf(
    rest.slice(0, query.limit + 1),
    query.limit,
    (label) => label,
    ({ createdAt, id }) => [createdAt, id],
  );
  return { ...page, items: listed(deps, page.items) };
}

/** Those with every word of the search in what was asked or said. */
function matching({ repos }: Pick<ServiceDeps, "repos">, labels: Label[], q = ""): Label[] {
  const words = foldForSearch(q)
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return labels;
  const traces = repos.traces.byIds([...new Set(labels.map(({ traceId }) => traceId))]);
  const questions = new Map(traces.map(({ id, question }) => [id, question]));
  return labels.filter(({ traceId, reason, betterAnswer }) => {
    const text = foldForSearch([questions.get(traceId), reason, betterAnswer].join("\n"));
    return words.every((word) => text.includes(word));
  });
}

function isBefore(
  [at, id]: [number, string],
  [cursorAt, cursorId]: readonly [number | string, string],
): boolean {
  return at < Number(cursorAt) || (at === Number(cursorAt) && id < cursorId);
}

function listed({ repos }: Pick<ServiceDeps, "repos">, labels: readonly Label[]): ListedLabel[] {
  const questions = new Map(
    repos.traces.byIds(labels.map(({ traceId }) => traceId)).map(({ id, question }) => [id, question]),
  );
  const judges = new Map(
    [...new Set(labels.map(({ judgeId }) => judgeId))].map((id) => [
      id,
      { judge: repos.judges.byId(id), cites: guidelinesOf(repos, id) },
    ]),
  );
  return labels.map((label) => {
    const known = judges.get(label.judgeId);
    return {
      ...label,
      question: questions.get(label.traceId) ?? "",
      shown: known?.judge ? formatValue(known.judge.scale, label.value) : String(label.value),
      becameGuidelines: becameOf(repos, label, known?.cites ?? new Map()),
    };
  });
}

/** Label id → the active guidelines that rest on it, in the judge in use and its draft. */
function guidelinesOf(repos: ServiceDeps["repos"], judgeId: string): Map<string, string[]> {
  const cites = new Map<string, string[]>();
  const versions = [repos.judges.inUse(judgeId), repos.judges.draft(judgeId)];
  for (const guideline of versions.flatMap((version) => version?.guidelines ?? [])) {
    if (!guideline.active) continue;
    for (const id of guideline.sourceLabelIds) cites.set(id, [...(cites.get(id) ?? []), guideline.text]);
  }
  return cites;
}

/** A guideline may rest on the label's earlier form, from before its reason was changed. */
function becameOf(
  repos: ServiceDeps["repos"],
  label: Label,
  cites: ReadonlyMap<string, readonly string[]>,
): string[] {
  if (cites.size === 0) return [];
  const own = repos.labels
    .history(label.traceId)
    .filter(({ author, judgeId }) => author.id === label.author.id && judgeId === label.judgeId);
  return [...new Set(own.flatMap(({ id }) => cites.get(id) ?? []))];
}
