import "server-only";
import type { Project } from "@/db/repos/projects.repo";
import type { TargetVersion } from "@/db/repos/targets.repo";
import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import type { AgentTest, SaveAgentInput, TargetView } from "@/lib/contracts/targets";
import { systemTiming } from "@/lib/llm";
import type { HttpTarget } from "@/lib/rollouts/types";
import { sha256Hex, stableStringify } from "@/lib/util/hash";
import { audit } from "../audit";
import { actorId, authorize } from "../authorize";
import { targetSnapshotOf } from "../runs/run-frame";
import type { ServiceDeps } from "../service-deps";
import { currentTargetVersionId } from "./current-target";
import { testAgent } from "./test-agent";

type HttpVersion = TargetVersion & { config: Extract<TargetVersion["config"], { kind: "http" }> };

/** Who answers in a project: a model with the prompt, or the project's own program behind HTTP. */
export function createTargetsService(deps: ServiceDeps) {
  const { repos } = deps;
  const projectOf = (projectId: string): Project => {
    const project = repos.projects.byId(projectId);
    if (!project) throw new AppError("not-found", "There is no such project.");
    return project;
  };
  return {
    get: (actor: Actor, projectId: string): TargetView => {
      authorize(actor, "project:read", projectId);
      return viewOf(deps, projectOf(projectId));
    },

    /** Stores the agent's settings as a new version; equal settings are the version that is there. Uses nothing yet. */
    saveAgent: (actor: Actor, projectId: string, input: SaveAgentInput): TargetView => {
      authorize(actor, "connections:manage", projectId);
      const project = projectOf(projectId);
      repos.transaction(() => addAgentVersion(deps, actor, projectId, input));
      return viewOf(deps, project);
    },

    /** Chooses who answers from now on; runs and reviews that are under way keep what they started with. */
    use: (actor: Actor, projectId: string, use: "chat" | "http"): TargetView => {
      authorize(actor, "connections:manage", projectId);
      const { settings } = projectOf(projectId);
      if (use === "http" && !agentVersionOf(deps, projectId))
        throw new AppError("not-ready", "No agent is set up yet. Enter its address and save it first.");
      repos.transaction(() => {
        repos.projects.update(projectId, { settings: { ...settings, target: use } }, deps.now());
        const details = { use, targetVersionId: currentTargetVersionId(repos, projectId) };
        audit(deps, actor, {
          projectId,
          action: "target-chosen",
          subjectType: "project",
          subjectId: projectId,
          details,
        });
      });
      return viewOf(deps, projectOf(projectId));
    },

    /** Two calls: one question, and the canary. What was found is kept with the version, what they cost is counted. */
    test: async (
      actor: Actor,
      projectId: string,
      question: string,
      signal: AbortSignal,
    ): Promise<AgentTest> => {
      authorize(actor, "connections:manage", projectId);
      return testOf(deps, projectOf(projectId), question, signal);
    },
  };
}

async function testOf(
  deps: ServiceDeps,
  project: Project,
  question: string,
  signal: AbortSignal,
): Promise<AgentTest> {
  const { repos, models, newId, now } = deps;
  const version = agentVersionOf(deps, project.id);
  if (!version)
    throw new AppError("not-ready", "No agent is set up yet. Enter its address and save it first.");
  const target = httpTargetOf(deps, version, project);
  const components = componentsOf(deps, project.id);
  const account = models.forProject(project.id, "agent-test");
  const { check, ...test } = await testAgent(
    { target, components, question, newId, account },
    { fetch: deps.agentFetch, timing: systemTiming },
    signal,
  );
  repos.targets.addCheck({ ...check, id: newId("tck"), targetVersionId: version.id, createdAt: now() });
  return test;
}

function httpTargetOf(deps: ServiceDeps, version: HttpVersion, { models }: Project): HttpTarget {
  const target = targetSnapshotOf(deps, version, models.task);
  if (target.kind !== "http") throw new Error("an agent's version without an address");
  return target;
}

function addAgentVersion(deps: ServiceDeps, actor: Actor, projectId: string, input: SaveAgentInput): void {
  const { repos, secrets, now, newId } = deps;
  const { headers, ...settings } = input;
  const before = agentVersionOf(deps, projectId);
  const stored = headersOf(deps, before);
  const values = Object.fromEntries(
    headers.map(({ name, value }) => [name, value ?? stored[name] ?? missingValue(name)]),
  );
  const config = { kind: "http", ...settings } as const;
  const target =
    repos.targets.list(projectId).find(({ kind }) => kind === "http") ??
    repos.targets.insert({ id: newId("tgt"), projectId, name: "Your agent", kind: "http", createdAt: now() });
  const version = repos.targets.addVersion({
    id: newId("tgv"),
    targetId: target.id,
    config,
    sealedHeaders: headers.length === 0 ? null : secrets.seal(JSON.stringify(values)),
    // Which secret it was is part of what was called; only its hash is kept in the clear.
    contentHash: sha256Hex(stableStringify({ config, headers: sha256Hex(stableStringify(values)) })),
    createdBy: actorId(actor),
    createdAt: now(),
  });
  if (version.id === before?.id) return;
  const details = { url: config.url, version: version.version, headers: headers.map(({ name }) => name) };
  audit(deps, actor, {
    projectId,
    action: "agent-saved",
    subjectType: "target",
    subjectId: target.id,
    details,
  });
}

function missingValue(name: string): never {
  const message = "Enter a value; none is stored under this name.";
  throw new AppError("invalid-input", `The header ${name} has no value yet. Nothing was saved.`, {
    errors: [{ path: "headers", message }],
  });
}

function agentVersionOf({ repos }: Pick<ServiceDeps, "repos">, projectId: string): HttpVersion | null {
  const target = repos.targets.list(projectId).find(({ kind }) => kind === "http");
  const version = target ? repos.targets.latestVersion(target.id) : null;
  return version?.config.kind === "http" ? (version as HttpVersion) : null;
}

function headersOf({ secrets }: ServiceDeps, version: TargetVersion | null): Record<string, string> {
  const sealed = version?.sealedHeaders ?? null;
  return sealed === null ? {} : (JSON.parse(secrets.open(sealed)) as Record<string, string>);
}

/** What is in production, so that a test is about the parts that the agent will be sent. */
function componentsOf({ repos }: ServiceDeps, projectId: string): Readonly<Record<string, string>> {
  for (const prompt of repos.prompts.list(projectId)) {
    const alias = repos.aliases.get(prompt.id, "production");
    const version = alias ? repos.prompts.versionById(alias.versionId) : repos.prompts.versions(prompt.id)[0];
    if (version) return version.components;
  }
  return { system: "You are a helpful assistant." };
}

function viewOf(deps: ServiceDeps, project: Project): TargetView {
  const { repos } = deps;
  const { task } = project.models;
  const connection = repos.connections.byId(task.connectionId);
  const version = agentVersionOf(deps, project.id);
  const check = version ? repos.targets.lastCheck(version.id) : null;
  return {
    inUse: project.settings.target ?? "chat",
    targetVersionId: currentTargetVersionId(repos, project.id),
    chat: {
      model: task.model,
      connection: connection?.name ?? "",
      simulated: connection?.kind !== "real",
    },
    agent: version && {
      url: version.config.url,
      replyPointer: version.config.replyPointer,
      stepsPointer: version.config.stepsPointer,
      usagePointer: version.config.usagePointer,
      maxConcurrency: version.config.maxConcurrency,
      timeoutMs: version.config.timeoutMs,
      maxUsdPerCall: version.config.maxUsdPerCall ?? null,
      version: version.version,
      headerNames: Object.keys(headersOf(deps, version)),
      lastCheck: check && {
        at: check.createdAt,
        canary: check.canary,
        says: check.says,
        latencyMs: check.latencyMs,
      },
    },
  };
}
