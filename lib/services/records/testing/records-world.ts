import { createRepos } from "@/db/repos/create-repos";
import { openTestDb } from "@/db/test-db";
import type { Actor } from "@/lib/contracts/permissions";
import type { ImportResult } from "@/lib/contracts/record-imports";
import type { CreateRecordInput } from "@/lib/contracts/records";
import { createId } from "@/lib/util/ids";
import { createRng } from "@/lib/util/rng";
import { createJobRunner } from "../../jobs/job-runner";
import type { JobRunner } from "../../jobs/job-types";
import type { ServiceDeps } from "../../service-deps";
import { createSetsService } from "../../sets/sets.service";
import { createImportService } from "../import.service";
import { createImportJob } from "../import-job";
import { createRecordsService } from "../records.service";

export const PROJECT = "prj_1";

/** The services of records over an empty database with one project, a clock that counts and ids that repeat. */
export function createRecordsWorld() {
  const database = openTestDb();
  const repos = createRepos(database);
  const rng = createRng("records-world");
  let clock = 1_700_000_000_000;
  const now = (): number => {
    clock += 1_000;
    return clock;
  };
  const failures: unknown[] = [];
  const newJobs = (): JobRunner =>
    createJobRunner({
      store: repos.jobs,
      now,
      maxRunning: 1,
      logError: (error) => failures.push(error),
      logTrouble: (error) => failures.push(error),
      flightsOf: () => 0,
      onChange: () => undefined,
    });
  const jobs = newJobs();
  // records touch nothing else of the deps
  const deps = {
    repos,
    now,
    jobs,
    newId: (prefix: string) => createId(prefix, now(), () => rng.next()),
  } as ServiceDeps;
  jobs.register("import", createImportJob(deps));
  jobs.start();
  const imports = createImportService(deps);
  const connectionId = "con_1";
  const assignment = { connectionId, model: "m", settings: {} };
  repos.projects.insert({
    id: PROJECT,
    name: "Football",
    slug: "football",
    about: { v: 1, purpose: "", reliedOnBy: "", outOfScope: "", dataKinds: "", owner: "" },
    models: { v: 1, task: assignment, judge: assignment, reflection: assignment, embedding: null },
    settings: { v: 1, selfApproval: true, approvalQuorum: 1, verdictAtOnce: false, blockPersonalData: false },
    isSample: false,
    createdAt: now(),
  });
  const ray = person(repos, "usr_ray", "Ray", now());
  const jo = person(repos, "usr_jo", "Jo", now());
  return {
    database,
    repos,
    deps,
    ray,
    jo,
    viewer: { ...jo, roles: { [PROJECT]: "viewer" } } as Actor,
    records: createRecordsService(deps),
    sets: createSetsService(deps),
    imports,
    /** Another server over the same data: it takes up what the first one has left. */
    nextServer: (): JobRunner => {
      const next = newJobs();
      next.register("import", createImportJob(deps));
      next.start();
      return next;
    },
    /** What made a job fail. */
    failures,
    /** The second phase to its end. */
    importToEnd: async (actor: Actor, projectId: string, importId: string): Promise<ImportResult> => {
      const { jobId } = imports.commit(actor, projectId, importId);
      await jobs.finished(jobId ?? "");
      return imports.state(actor, projectId, importId).result;
    },
    pass: (ms: number) => {
      clock += ms;
    },
    blockPersonalData: () =>
      repos.projects.update(
        PROJECT,
        {
          settings: {
            v: 1,
            selfApproval: true,
            approvalQuorum: 1,
            verdictAtOnce: false,
            blockPersonalData: true,
          },
        },
        now(),
      ),
  };
}

function person(repos: ReturnType<typeof createRepos>, userId: string, name: string, at: number): Actor {
  repos.users.insert({
    id: userId,
    name,
    email: `${name.toLowerCase()}@example.com`,
    isServerAdmin: false,
    at,
  });
  return { kind: "user", userId, name, isServerAdmin: false, roles: { [PROJECT]: "expert" } };
}

export function recordInput(question: string, expected = "Says so.", tags: string[] = []): CreateRecordInput {
  return {
    inputs: { v: 1, messages: [{ role: "user", content: question }], fields: {} },
    expectations: { v: 1, expected_response: expected, facts: [], mustNever: [] },
    tags,
    critical: false,
  };
}
