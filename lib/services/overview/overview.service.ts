import "server-only";
import type { Home, NavItem, NextAction, Overview } from "@/lib/contracts/overview";
import type { Actor } from "@/lib/contracts/permissions";
import { can } from "../authorize";
import { ENVIRONMENT_CONNECTION_ID } from "../connections/own-connections";
import type { ProjectsService } from "../projects/projects.service";
import type { ServiceDeps } from "../service-deps";
import type { SetsService } from "../sets/sets.service";
import { prepareLoop } from "./loop";
import { prepareNextActions } from "./next-actions";
import { type ProjectFacts, projectFactsOf } from "./project-facts";
import { newsSince } from "./since-you-were-here";
import { prepareStatus } from "./status";

type Person = Extract<Actor, { kind: "user" }>;

/** Where a project stands and what this person can do next. */
export function createOverviewService(deps: ServiceDeps, projects: ProjectsService, sets: SetsService) {
  const { repos, now } = deps;

  const factsOf = (actor: Person, projectId: string): ProjectFacts =>
    projectFactsOf(
      deps,
      actor,
      projects.get(actor, projectId),
      projects.roleOf(actor, projectId),
      sets.readiness(actor, projectId),
    );

  return {
    /** The rail: each place with its state in words. */
    nav: (actor: Person, projectId: string): NavItem[] => prepareNav(factsOf(actor, projectId)),

    /** Where *Label* goes: the queue that waits for this person, else the answers. */
    labelHref: (actor: Person, projectId: string): string => {
      const { queue } = factsOf(actor, projectId);
      return queue && queue.leftForMe > 0 ? `/p/${projectId}/label/${queue.id}` : `/p/${projectId}/answers`;
    },

    get: (actor: Person, projectId: string): Overview => {
      const lastHere = repos.places.get(actor.userId, projectId)?.previousSeenAt ?? null;
      const news = newsSince(deps, actor, projectId, lastHere);
      return { ...prepareOverview(factsOf(actor, projectId)), sinceYouWereHere: news, lastHere };
    },

    /** Notes where the person is, so that leaving and coming back opens at the same place. */
    visit: (actor: Person, projectId: string, path: string): void =>
      repos.places.touch(actor.userId, projectId, path, now()),

    home: (actor: Person): Home =>
      prepareHome(
        deps,
        projects.list(actor).map(({ id }) => factsOf(actor, id)),
        projects.listArchived(actor).map(({ id, name }) => {
          return { id, name, mayManage: can(actor, "project:manage", id) };
        }),
      ),
  };
}

/** Things that wait for this person, as against things one may do any time. */
function isWaiting({ code }: NextAction): boolean {
  return ["broken", "review", "candidate", "judge-draft", "label", "settle"].includes(code);
}

function prepareNav(facts: ProjectFacts): NavItem[] {
  const { project, queue, judge, activeRun, openReview, production, readiness } = facts;
  const base = `/p/${project.id}`;
  const left = queue?.leftForMe ?? 0;
  const missing = readiness.total - readiness.usable;
  return [
    { key: "overview", href: base, label: "Overview", state: null },
    {
      key: "records",
      href: `${base}/records`,
      label: "Records",
      state: missing > 0 ? `${missing} to mend` : `${facts.records}`,
    },
    {
      key: "answers",
      href: `${base}/answers`,
      label: "Answers",
      state: left > 0 ? `${left} to label` : null,
    },
    {
      key: "judge",
      href: `${base}/judge`,
      label: "Judge",
      state: facts.openTeaching ? "draft ready" : judge ? `v${judge.version}` : "none yet",
    },
    {
      key: "runs",
      href: `${base}/runs`,
      label: "Runs",
      state: activeRun ? (activeRun.paused ? "paused" : "at work") : null,
    },
    { key: "reviews", href: `${base}/reviews`, label: "Reviews", state: openReview ? "1 open" : null },
    {
      key: "prompts",
      href: `${base}/prompts`,
      label: "Prompts",
      state: production ? `v${production.version} live` : null,
    },
    { key: "settings", href: `${base}/settings`, label: "Settings", state: null },
  ];
}

function prepareOverview(facts: ProjectFacts): Omit<Overview, "sinceYouWereHere" | "lastHere"> {
  const [next, ...also] = prepareNextActions(facts);
  const { production } = facts;
  return {
    project: facts.project,
    status: prepareStatus(facts),
    next,
    also,
    loop: prepareLoop(facts, next.code),
    inProduction: production
      ? {
          promptName: production.promptName,
          version: production.version,
          since: production.since,
          sentence: production.evidence ?? "It was the first text here; no evidence was needed.",
        }
      : null,
  };
}

function prepareHome(
  { repos }: Pick<ServiceDeps, "repos">,
  all: readonly ProjectFacts[],
  archived: Home["archived"],
): Home {
  const connection = repos.connections.byId(ENVIRONMENT_CONNECTION_ID);
  return {
    waiting: all.flatMap((facts) =>
      prepareNextActions(facts)
        .filter(isWaiting)
        .map((action) => ({ ...action, projectName: facts.project.name })),
    ),
    projects: all.map((facts) => ({
      id: facts.project.id,
      name: facts.project.name,
      status: prepareStatus(facts),
      simulated: facts.project.simulated,
      role: facts.role,
      mayManage: facts.may("project:manage"),
    })),
    archived,
    canStartProject: true,
    hasSample: all.some(({ project }) => project.isSample),
    environmentConnection: connection ? { host: new URL(connection.baseUrl).host } : null,
  };
}
