import "server-only";
import type { Prompt } from "@/db/repos/prompts.repo";
import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import { audit } from "../audit";
import { actorId } from "../authorize";
import { queuePush } from "../mlflow/queue-push";
import type { ServiceDeps } from "../service-deps";
import { announce } from "../webhooks/announce";
import { aliasMoved } from "./alias-moved";

interface RollBackInput {
  toVersion: number;
  /** What the person saw there. */
  expectedCurrent: number;
  reason: string;
}

/**
 * Moves an alias back to a version it pointed at before. It takes no evidence: that version was live already.
 * Throws `alias-moved` when somebody was faster, `not-found` when the alias never pointed there.
 */
export function rollBack(
  deps: ServiceDeps,
  actor: Actor,
  prompt: Prompt,
  alias: string,
  input: RollBackInput,
): void {
  const { repos, now, newId } = deps;
  const { toVersion, expectedCurrent, reason } = input;
  if (actor.kind === "key")
    throw new AppError("forbidden", "No API key may roll back: it takes a person who is signed in.");
  repos.transaction(() => {
    const current = repos.aliases.get(prompt.id, alias);
    if (current?.version !== expectedCurrent) throw aliasMoved(repos, prompt.id, alias);
    if (toVersion === expectedCurrent)
      throw new AppError("conflict", `v${toVersion} is there already. Nothing was changed.`);
    const earlier = repos.aliases.history(prompt.id, alias).find((event) => event.toVersion === toVersion);
    if (!earlier) {
      throw new AppError(
        "not-found",
        `${alias} never pointed at v${toVersion}, so it cannot go back there. Open a review of that text instead.`,
      );
    }
    const event = {
      id: newId("ale"),
      kind: "rollback" as const,
      reason,
      reviewId: null,
      evidenceSentence: null,
      selfApproved: false,
      overridden: false,
      actorId: actorId(actor),
      at: now(),
    };
    const moved = repos.aliases.move({
      promptId: prompt.id,
      alias,
      expectedCurrent: current.versionId,
      toVersionId: earlier.toVersionId,
      event,
    });
    if (moved.status === "conflict") throw aliasMoved(repos, prompt.id, alias);
    queuePush(deps, prompt.projectId, event.id);
    tellOf(deps, actor, prompt, alias, input);
  });
}

/** In the audit log, and to whoever asked to be told. */
function tellOf(
  deps: ServiceDeps,
  actor: Actor,
  { id, projectId, name }: Prompt,
  alias: string,
  { toVersion, expectedCurrent, reason }: RollBackInput,
): void {
  const version = deps.repos.prompts.versionByNumber(id, toVersion);
  const moved = { alias, version: toVersion, fromVersion: expectedCurrent };
  announce(deps, {
    projectId,
    type: "prompt.rolled_back",
    path: `/p/${projectId}/prompts`,
    data: { prompt: name, ...moved, contentHash: version?.contentHash ?? "", by: actor.name, reason },
  });
  audit(deps, actor, {
    projectId,
    action: "prompt-rolled-back",
    subjectType: "prompt",
    subjectId: id,
    details: { alias, from: expectedCurrent, to: toVersion, reason },
  });
}
