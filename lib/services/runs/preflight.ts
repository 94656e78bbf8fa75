import "server-only";
import type { Project } from "@/db/repos/projects.repo";
import type { TargetVersion } from "@/db/repos/targets.repo";
import { AppError } from "@/lib/contracts/errors";
import type { Preflight, StartRunInput } from "@/lib/contracts/runs";
import type { ServiceDeps } from "../service-deps";
import { nearDuplicateIds } from "../sets/plan-sets";
import { isUsable } from "../sets/readiness";
import { currentTargetVersionId, isSimulated } from "../targets/current-target";
import { changedSince, type SinceLastRun } from "./changed-since";
import { chooseValset } from "./choose-valset";
import { ENOUGH_PROPOSALS, type FindingFacts, findingsOf, REASON_CODES } from "./findings";
import { EXPLORATORY_BELOW } from "./freeze-manifest";
import { knownAnswersShare } from "./known-answers";
import { type Baseline, baselineOf, probeOf } from "./launch-baseline";
import { type LaunchRecords, launchRecords, launchSubject } from "./launch-facts";
import { counted, forecastDetail, forecastSentence } from "./preflight-words";
import { forecastLaunch, priceOf } from "./run-forecast";

/** Comparing every text with every other takes too long on larger sets for a page that opens at once. */
const MAX_COMPARED = 2_000;
const ROLES = ["task", "judge", "reflection"] as const;

/** What a launch would find, take and send. Spends nothing and changes nothing. */
export function preflightOf(deps: ServiceDeps, projectId: string, input: StartRunInput): Preflight {
  const { repos } = deps;
  const subject = launchSubject(deps, projectId, input);
  const { project, version, judges } = subject;
  const records = launchRecords(deps, project, version);
  const { practice, sealed } = records;
  const trainset = practice.length;
  const valset = chooseValset(practice, input.maxMetricCalls, input.seed).length;
  const modelJudges = judges.filter(({ isModel }) => isModel).length;
  const targetVersionId = targetOrNull(repos, projectId);
  const agentVersionId = agentOf(repos, targetVersionId)?.id ?? null;
  const knownShare = knownAnswersShare(deps, { project, version, targetVersionId, practice, input });
  const size = { trainset, valset, sealed, modelJudges };
  const forecast = {
    ...forecastLaunch(deps, { project, input, ...size, agentVersionId, knownShare }),
    reviewAnswers: 2 * sealed,
    // simulated models cost nothing, so that no cap is in their way
    monthLeftUsd: isSimulated(repos, project) ? null : deps.models.leftThisMonth(projectId),
  };
  const baseline = baselineOf(repos, projectId, version.id, judges[0]?.judgeVersionId ?? "");
  const parts = {
    ...subject,
    records,
    targetVersionId,
    baseline,
    proposals: forecast.proposals,
    usd: forecast.usd,
    monthLeftUsd: forecast.monthLeftUsd,
  };
  const since = sinceLastRun(repos, input, parts);
  const sends = sendsOf(repos, parts);
  const words = { ...input, forecast, sealed, sends };
  const { proposals, minutes, usd, tokens, reviewAnswers, reviewUsd, monthLeftUsd } = forecast;
  return {
    findings: findingsOf(findingFacts(deps, input, parts, since.isUnchanged)),
    forecast: { proposals, minutes, usd, tokens, reviewAnswers, reviewUsd, monthLeftUsd },
    trainset,
    valset,
    sealed,
    exploratory: trainset < EXPLORATORY_BELOW,
    sentence: forecastSentence(words),
    detail: forecastDetail(words),
    sends,
    changedSinceLastRun: since.lines,
    lanes: forecast.lanes,
    probe: probeOf(
      practice.map(({ id }) => id),
      forecast.answerUsd,
      baseline,
    ),
  };
}

function sendsOf(
  repos: ServiceDeps["repos"],
  { project, judges, records, targetVersionId }: Parts,
): Preflight["sends"] {
  return {
    host: hostsOf(repos, project, targetVersionId),
    records: records.practice.length,
    guidelinesAndReasons: judges.reduce((all, { guidelines, episodes }) => all + guidelines + episodes, 0),
    simulated: isSimulated(repos, project),
  };
}

type Parts = ReturnType<typeof launchSubject> & {
  records: LaunchRecords;
  targetVersionId: string | null;
  proposals: { low: number; high: number };
  usd: { low: number; high: number } | null;
  monthLeftUsd: number | null;
  baseline: Baseline | null;
};

/** The last run of the same prompt; with another budget a run on the same is no mere repetition. */
function sinceLastRun(repos: ServiceDeps["repos"], input: StartRunInput, parts: Parts): SinceLastRun {
  const { project, version, records } = parts;
  const last = repos.runs.list(project.id).find(({ promptId }) => promptId === version.promptId) ?? null;
  const since = changedSince({ repos }, last, {
    promptVersionId: version.id,
    targetVersionId: parts.targetVersionId ?? "",
    judges: input.judges,
    models: project.models,
    practice: records.practice.map(({ id }) => id),
  });
  const isSameBudget = last?.manifest.maxMetricCalls === input.maxMetricCalls;
  return { ...since, isUnchanged: since.isUnchanged && isSameBudget };
}

function findingFacts(
  deps: ServiceDeps,
  input: StartRunInput,
  parts: Parts,
  isUnchanged: boolean,
): FindingFacts {
  const { repos } = deps;
  const { project, version, judges, records, targetVersionId, proposals, usd, monthLeftUsd } = parts;
  const agent = agentOf(repos, targetVersionId);
  const ids = records.practice.map(({ id }) => id);
  return {
    projectId: project.id,
    input,
    records,
    judges,
    targetVersionId,
    promptHasText: Object.values(version.components).some((text) => text.trim() !== ""),
    rolesWithoutConnection: rolesOf(agent).filter((role) => !mayUse(repos, project, role)),
    unpriced: unpricedOf(repos, project, agent),
    agentCheck: agent && { canary: repos.targets.lastCheck(agent.id)?.canary ?? null },
    leaks: countLeaks(deps, project.id, ids),
    baseline: parts.baseline,
    // Without records there is nothing to say of a budget.
    proposals: ids.length === 0 ? { low: ENOUGH_PROPOSALS, high: ENOUGH_PROPOSALS } : proposals,
    usd,
    monthLeftUsd,
    activeRun: repos.runs.listActive(project.id)[0] ?? null,
    isUnchanged,
  };
}

type Agent = TargetVersion & { config: Extract<TargetVersion["config"], { kind: "http" }> };

/** The project's own agent, where it answers; null where the task model does. */
function agentOf(repos: ServiceDeps["repos"], targetVersionId: string | null): Agent | null {
  const version = targetVersionId === null ? null : repos.targets.versionById(targetVersionId);
  return version?.config.kind === "http" ? (version as Agent) : null;
}

/** An agent answers in place of the task model, which is then not asked. */
function rolesOf(agent: Agent | null): readonly (typeof ROLES)[number][] {
  return agent ? ROLES.filter((role) => role !== "task") : ROLES;
}

/** What has no price, by name: a cap in money cannot be kept with it. */
function unpricedOf(repos: ServiceDeps["repos"], project: Project, agent: Agent | null): string[] {
  const models = rolesOf(agent)
    .filter((role) => priceOf(repos, project.models[role]) === null)
    .map((role) => project.models[role].model);
  return [...new Set([...(agent && agent.config.maxUsdPerCall == null ? ["your agent"] : []), ...models])];
}

/** Refuses a launch that would find something that blocks it, or that needs a reason and has none. */
export function refuseUnready({ findings }: Preflight, reason: string): void {
  const blocking = findings.filter(({ level }) => level === "blocks");
  const [first] = blocking;
  if (first?.code === "run-active")
    throw new AppError("run-already-active", `${first.what} ${first.fix}.`, { extra: { href: first.href } });
  if (first) {
    const more =
      blocking.length === 1 ? "" : ` ${counted(blocking.length - 1, "more thing")} must be mended as well.`;
    throw new AppError(
      first.code === "no-connection" ? "no-connection" : "not-ready",
      `${first.what} ${first.fix}, then start the run.${more}`,
      { extra: { findings: blocking } },
    );
  }
  const asking = findings.find(({ code }) => REASON_CODES.has(code));
  if (asking && reason.trim() === "") {
    throw new AppError(
      "not-ready",
      `${asking.what} To start all the same, say why in a few words; they are kept with the run.`,
      {
        errors: [{ path: "reason", message: "Say in a few words why the run is worth it all the same." }],
        extra: { findings: [asking] },
      },
    );
  }
}

function targetOrNull(repos: ServiceDeps["repos"], projectId: string): string | null {
  try {
    return currentTargetVersionId(repos, projectId);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

function mayUse(repos: ServiceDeps["repos"], project: Project, role: (typeof ROLES)[number]): boolean {
  const { connectionId } = project.models[role];
  return (
    repos.connections.byId(connectionId) !== null && repos.connections.isGranted(connectionId, project.id)
  );
}

/** Practice records that are nearly the same as a sealed one. */
function countLeaks(deps: ServiceDeps, projectId: string, practiceIds: readonly string[]): number {
  const live = deps.repos.records.live(projectId).filter(isUsable);
  const sealed = new Set(live.filter(({ set }) => set === "sealed").map(({ id }) => id));
  const practice = new Set(practiceIds);
  if (sealed.size === 0 || live.length > MAX_COMPARED) return 0;
  return nearDuplicateIds(live)
    .filter((group) => group.some((id) => sealed.has(id)))
    .flatMap((group) => group.filter((id) => practice.has(id) && !sealed.has(id))).length;
}

function hostsOf(repos: ServiceDeps["repos"], project: Project, targetVersionId: string | null): string {
  const agent = agentOf(repos, targetVersionId);
  const urls = rolesOf(agent).flatMap(
    (role) => repos.connections.byId(project.models[role].connectionId)?.baseUrl ?? [],
  );
  if (agent) urls.push(agent.config.url);
  return [...new Set(urls.map((url) => (URL.canParse(url) ? new URL(url).host : url)))].join(" and ");
}
