import type { Actor } from "@/lib/contracts/permissions";
import { type Container, type ContainerOptions, createContainer } from "../container";
import { readEnv } from "../env";
import type { SampleProjectContent } from "../sample/sample-types";
import { type SeededProject, seedProject } from "../sample/seed-project";

export interface TestServices extends Container {
  /** A signed-in person, admin of the server. */
  actor: Extract<Actor, { kind: "user" }>;
  /** A project made from content, with the actor as its admin; its sets are not given yet. */
  seed(content: SampleProjectContent): SeededProject;
  /** Another person with a role in a project. */
  person(
    name: string,
    projectId: string,
    role: "viewer" | "expert" | "lead" | "engineer" | "approver" | "admin",
  ): Extract<Actor, { kind: "user" }>;
  /** Waits until every job has left the runner. */
  idle(): Promise<void>;
}

/** The real services over a database in memory, real migrations, and simulated models that do not wait. Close it after the test. */
export function createTestServices(
  env: Record<string, string> = {},
  options: Partial<Omit<ContainerOptions, "env">> = {},
): TestServices {
  const container = createContainer({
    env: readEnv({
      TOUCHSTONE_LOG_LEVEL: "silent",
      TOUCHSTONE_SANDBOX_DELAY_MS: "0",
      NODE_ENV: "test",
      ...env,
    }),
    databaseFile: ":memory:",
    ...options,
  });
  const { repos, now, newId, jobs } = container.deps;
  const userId = newId("usr");
  repos.users.insert({
    id: userId,
    name: "Tester",
    email: "tester@example.test",
    isServerAdmin: true,
    at: now(),
  });
  const actor = { kind: "user", userId, name: "Tester", isServerAdmin: true, roles: {} } as const;
  container.start();
  return {
    ...container,
    actor,
    seed: (content) =>
      repos.transaction(() => {
        const seeded = seedProject(container.deps, content, userId, { isSample: false });
        repos.members.setRole(seeded.project.id, userId, "admin", now());
        return seeded;
      }),
    person: (name, projectId, role) => {
      const id = newId("usr");
      repos.users.insert({ id, name, email: `${id}@example.test`, isServerAdmin: false, at: now() });
      repos.members.setRole(projectId, id, role, now());
      return { kind: "user", userId: id, name, isServerAdmin: false, roles: { [projectId]: role } };
    },
    idle: async () => {
      for (;;) {
        const live = repos.jobs.byIds(liveJobIds(container));
        if (live.length === 0) return;
        await Promise.all(live.map(({ id }) => jobs.finished(id)));
      }
    },
  };
}

function liveJobIds({ deps: { repos, jobs } }: Container): string[] {
  return repos.projects
    .list()
    .flatMap(({ id }) => repos.jobs.list(id, ["queued", "running"]))
    .filter(({ id }) => jobs.isActive(id))
    .map(({ id }) => id);
}
