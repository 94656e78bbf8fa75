import "server-only";
import type { MlflowImport, MlflowLink, MlflowPush } from "@/db/repos/mlflow.repo";
import type { AuditAction } from "@/lib/contracts/audit";
import { AppError } from "@/lib/contracts/errors";
import type {
  MlflowCheck,
  MlflowImportView,
  MlflowLinkView,
  MlflowPage,
  MlflowPushView,
  SaveMlflowLinkInput,
} from "@/lib/contracts/mlflow";
import type { Actor } from "@/lib/contracts/permissions";
import type { FetchLike } from "@/lib/llm";
import { audit } from "../audit";
import { actorId, authorize, can } from "../authorize";
import type { ServiceDeps } from "../service-deps";
import { startSteadyTimer } from "../steady-timer";
import { createMlflowImportJob } from "./import-job";
import { linkServer } from "./link-server";
import { createMlflowClient, MlflowError } from "./mlflow-client";
import { importViewOf, linkViewOf, lossesOf, pushViewOf } from "./mlflow-view";
import { probe } from "./probe";
import { createMlflowPushJob } from "./push-job";
import { aliasThere } from "./push-steps";
import { startPush } from "./queue-push";
import { tagsOf } from "./read-prompts";
import { PROMPT_TEXT } from "./registry-form";

const SHOWN_PUSHES = 30;
const TICK_MS = 5_000;
const MOST_A_TICK = 20;
const NO_CAPS = { maxMetricCalls: null, maxUsd: null, maxMinutes: null };

/** Registers what reads from and writes to MLflow servers, and looks for writes whose next try has come until `stop`. */
export function startMlflowPushes(deps: ServiceDeps, fetch: FetchLike) {
  const { repos, jobs } = deps;
  jobs.register("mlflow-import", createMlflowImportJob(deps, fetch));
  jobs.register("mlflow-push", createMlflowPushJob(deps, fetch));
  const tick = (): void =>
    repos.transaction(() => {
      for (const { id, projectId } of repos.mlflow.duePushes(deps.now(), MOST_A_TICK))
        startPush(deps, projectId, id);
    });
  let stop: (() => void) | undefined;
  return {
    tick,
    start: (): void => {
      stop ??= startSteadyTimer(deps.log, tick, TICK_MS);
    },
    stop: (): void => stop?.(),
  };
}

/** A project's MLflow server, as a source of prompts, records and labels, and as a target of promotions. */
export function createMlflowService(deps: ServiceDeps, fetch: FetchLike) {
  const { repos } = deps;
  const mine = (actor: Actor, projectId: string): void => authorize(actor, "connections:manage", projectId);
  return {
    page(actor: Actor, projectId: string): MlflowPage {
      mine(actor, projectId);
      const link = repos.mlflow.link(projectId);
      const [newest] = repos.mlflow.imports(projectId, 1);
      return {
        link: link && linkViewOf(link),
        import: newest ? importViewOf(repos, newest) : null,
        pushes: repos.mlflow.pushes(projectId, SHOWN_PUSHES).flatMap((push) => pushViewOf(repos, push)),
        losses: lossesOf(repos, projectId),
      };
    },

    /** Connects, or changes what is connected. Nothing is called yet: `check` does that. */
    save(actor: Actor, projectId: string, input: SaveMlflowLinkInput): MlflowLinkView {
      mine(actor, projectId);
      return save(deps, actor, projectId, input);
    },

    /** Nothing more is read or written there. What was imported stays. */
    remove(actor: Actor, projectId: string): void {
      mine(actor, projectId);
      const link = connected(deps, projectId);
      repos.transaction(() => {
        repos.mlflow.removeLink(projectId);
        note(deps, actor, projectId, "mlflow-disconnected", { url: link.url });
      });
    },

    /** Asks the server what it has, and where the aliases point there. Throws `connection-failed`. */
    async check(actor: Actor, projectId: string): Promise<MlflowCheck> {
      mine(actor, projectId);
      return check(deps, fetch, projectId);
    },

    /** Starts to read the server. What an import would do is in the answer of `import` once it is read. */
    startImport(actor: Actor, projectId: string): MlflowImportView {
      mine(actor, projectId);
      connected(deps, projectId);
      return startImport(deps, actor, projectId);
    },

    import(actor: Actor, projectId: string, importId: string): MlflowImportView {
      mine(actor, projectId);
      return importViewOf(repos, findImport(deps, projectId, importId));
    },

    /** Writes what was read. Asked again it answers where the import stands. */
    confirmImport(actor: Actor, projectId: string, importId: string): MlflowImportView {
      mine(actor, projectId);
      return confirmImport(deps, actor, findImport(deps, projectId, importId));
    },

    /** Tries a write again at once; `force`: also where somebody else has moved the alias there. */
    pushAgain(actor: Actor, projectId: string, pushId: string, force: boolean): MlflowPushView {
      mine(actor, projectId);
      connected(deps, projectId);
      return pushAgain(deps, actor, findPush(deps, projectId, pushId), force);
    },
  };
}

function connected({ repos }: ServiceDeps, projectId: string): MlflowLink {
  const link = repos.mlflow.link(projectId);
  if (link) return link;
  throw new AppError("not-found", "This project is not connected with an MLflow server.");
}

function note(
  deps: ServiceDeps,
  actor: Actor,
  projectId: string,
  action: AuditAction,
  details: object,
): void {
  audit(deps, actor, {
    projectId,
    action,
    subjectType: "project",
    subjectId: projectId,
    details: { ...details },
  });
}

function save(
  deps: ServiceDeps,
  actor: Actor,
  projectId: string,
  input: SaveMlflowLinkInput,
): MlflowLinkView {
  const { repos, secrets, now } = deps;
  const { url: given, token, ...facts } = input;
  const url = given.replace(/\/+$/, "");
  const before = repos.mlflow.link(projectId);
  // A kept token must not be sent to another server than the one that it was given for.
  if (before?.sealedToken && token === undefined && new URL(before.url).origin !== new URL(url).origin) {
    const message = "The address is another server's: write the token again, or leave it out on purpose.";
    throw new AppError("invalid-input", `${message} Nothing was saved.`, {
      errors: [{ path: "token", message }],
    });
  }
  const sealedToken = token === undefined ? (before?.sealedToken ?? null) : token && secrets.seal(token);
  return repos.transaction(() => {
    const known = { services: null, checkedAt: null, createdBy: actorId(actor), createdAt: now() };
    const link = repos.mlflow.saveLink({ ...known, ...facts, projectId, url, sealedToken });
    const { experiment, writesOnPromote } = link;
    note(deps, actor, projectId, before ? "mlflow-changed" : "mlflow-connected", {
      url,
      experiment,
      writesOnPromote,
    });
    return linkViewOf(link);
  });
}

async function check(deps: ServiceDeps, fetch: FetchLike, projectId: string): Promise<MlflowCheck> {
  const { repos, now } = deps;
  const link = connected(deps, projectId);
  const client = createMlflowClient(fetch, linkServer(deps, link), new AbortController().signal);
  try {
    const services = await probe(client, link.experiment);
    const aliases: MlflowCheck["aliases"] = [];
    const isThere = services.parts.some(({ service, isThere: has }) => service === "prompts" && has);
    for (const prompt of isThere ? repos.prompts.list(projectId) : [])
      for (const { alias, version, versionId } of repos.aliases.list(prompt.id)) {
        const there = await aliasThere(client, prompt.name, alias);
        const text = repos.prompts.versionById(versionId)?.text;
        const isSame = there !== null && tagsOf(there)[PROMPT_TEXT] === text;
        aliases.push({ prompt: prompt.name, alias, here: version, there: there?.version ?? null, isSame });
      }
    const checked = repos.mlflow.saveLink({ ...link, services, checkedAt: now() });
    return { link: linkViewOf(checked), aliases };
  } catch (error) {
    if (error instanceof MlflowError)
      throw new AppError(
        "connection-failed",
        `The MLflow server at ${link.url} cannot be used: ${error.message}`,
      );
    throw error;
  }
}

function startImport(deps: ServiceDeps, actor: Actor, projectId: string): MlflowImportView {
  const { repos, now, newId } = deps;
  const [newest] = repos.mlflow.imports(projectId, 1);
  const state = newest && importViewOf(repos, newest).state;
  if (newest && (state === "reading" || state === "writing")) return importViewOf(repos, newest);
  const id = newId("mli");
  repos.transaction(() => {
    repos.mlflow.insertImport({ id, projectId, createdBy: actorId(actor), createdAt: now() });
    enqueueImport(deps, actor, projectId, id);
  });
  deps.jobs.wake();
  return importViewOf(repos, findImport(deps, projectId, id));
}

function enqueueImport(
  { repos, now, newId }: ServiceDeps,
  actor: Actor,
  projectId: string,
  subjectId: string,
): void {
  const by = { actorId: actorId(actor), at: now() };
  repos.jobs.enqueue({
    id: newId("job"),
    kind: "mlflow-import",
    projectId,
    subjectId,
    caps: NO_CAPS,
    total: 0,
    ...by,
  });
}

function findImport({ repos }: ServiceDeps, projectId: string, importId: string): MlflowImport {
  const found = repos.mlflow.import(importId);
  if (found?.projectId === projectId) return found;
  throw new AppError("not-found", "There is no such import from MLflow in this project.");
}

function confirmImport(deps: ServiceDeps, actor: Actor, found: MlflowImport): MlflowImportView {
  const { repos, now } = deps;
  const { id, projectId } = found;
  const { state } = importViewOf(repos, found);
  if (state === "read") {
    repos.transaction(() => {
      const maySetAliases = can(actor, "prompts:promote", projectId);
      repos.mlflow.changeImport(id, { confirmedAt: now(), maySetAliases });
      enqueueImport(deps, actor, projectId, id);
    });
    deps.jobs.wake();
  } else if (state === "reading" || state === "failed")
    throw new AppError(
      "conflict",
      "This import has not been read to its end. Nothing was written; read the server again.",
    );
  return importViewOf(repos, findImport(deps, projectId, id));
}

function findPush({ repos }: ServiceDeps, projectId: string, pushId: string): MlflowPush {
  const found = repos.mlflow.push(pushId);
  if (found?.projectId === projectId) return found;
  throw new AppError("not-found", "There is no such entry in this project.");
}

function pushAgain(deps: ServiceDeps, actor: Actor, push: MlflowPush, force: boolean): MlflowPushView {
  const { repos, now } = deps;
  const { id, projectId } = push;
  repos.transaction(() => {
    repos.mlflow.changePush(id, { state: "waiting", isForced: push.isForced || force, nextAt: now() });
    if (force) note(deps, actor, projectId, "mlflow-alias-forced", { push: id });
    startPush(deps, projectId, id);
  });
  const [view] = pushViewOf(repos, findPush(deps, projectId, id));
  if (view) return view;
  throw new AppError("not-found", "The move of the alias that this entry tells of is not there.");
}
