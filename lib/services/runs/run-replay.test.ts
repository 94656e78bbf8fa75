import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "@/db/client";
import type { RunEventBody } from "@/lib/contracts/run-events";
import { startRunInput } from "@/lib/contracts/runs";
import { sum } from "@/lib/util/math";
import { type Container, type ContainerOptions, createContainer } from "../container";
import { readEnv } from "../env";
import { clinicFixture } from "../sample/clinic-fixture";
import { seedProject } from "../sample/seed-project";

const folder = mkdtempSync(path.join(tmpdir(), "touchstone-replay-"));
const actor = { kind: "system", name: "Test" } as const;
let projectId: string;
let promptVersionId: string;
let judgeVersionId: string;
let expected: RunEventBody[];

const open = (file: string, options: Partial<ContainerOptions> = {}): Container =>
  createContainer({
    env: readEnv({
      TOUCHSTONE_LOG_LEVEL: "silent",
      TOUCHSTONE_SANDBOX_DELAY_MS: "0",
      NODE_ENV: "test",
      TOUCHSTONE_DATA_DIR: folder,
    }),
    databaseFile: path.join(folder, file),
    ...options,
  });
const launch = ({ services }: Container): string =>
  services.runs.start(
    actor,
    projectId,
    startRunInput.parse({ promptVersionId, judges: [{ judgeVersionId, weight: 1 }], lanes: 1 }),
  ).id;
const settled = async ({ deps }: Container, runId: string): Promise<void> => {
  await deps.jobs.finished(deps.repos.runs.byId(runId)?.jobId ?? "");
};
const decisionsOf = ({ deps }: Container, runId: string) =>
  deps.repos.runEvents.listDecisions(runId).map(({ body }) => body);

const editAbout = ({ deps }: Container): void => {
  const project = deps.repos.projects.byId(projectId);
  if (!project) throw new Error("the project is gone");
  const about = { ...project.about, purpose: "Something else altogether." };
  deps.repos.projects.update(projectId, { about }, deps.now());
};

/** A call in flight when the process dies. */
const neverAnswers = (signal: AbortSignal | null | undefined): Promise<Response> =>
  new Promise((_resolve, reject) =>
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true }),
  );

// Every copy starts from the same bytes: ids, and with them the order of records, are the same.
beforeAll(async () => {
  const origin = open("origin.db");
  const seeded = origin.deps.repos.transaction(() =>
    seedProject(origin.deps, clinicFixture, "system", { isSample: false }),
  );
  [projectId, promptVersionId, judgeVersionId] = [
    seeded.project.id,
    seeded.version?.id ?? "",
    seeded.judgeVersionId,
  ];
  origin.services.sets.assignSets(actor, projectId);
  await origin.close();
  copyFileSync(path.join(folder, "origin.db"), path.join(folder, "whole.db"));
  const whole = open("whole.db");
  whole.start();
  const wholeId = launch(whole);
  await settled(whole, wholeId);
  expected = decisionsOf(whole, wholeId);
  await whole.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("product.md: after a kill the run resumes and ends as it would have, and nothing stored is bought again", () => {
  it.each([12, 60, 120])("killed at its call %i", async (killAt) => {
    copyFileSync(path.join(folder, "origin.db"), path.join(folder, `killed-${killAt}.db`));
    let asked = 0;
    let isKilled = false;
    let kill = (): void => undefined;
    const counting: Partial<ContainerOptions> = {
      wrapSandboxFetch: (fetch) => (input, init) => {
        asked += 1;
        if (asked === killAt) kill();
        return isKilled ? neverAnswers(init?.signal) : fetch(input, init);
      },
    };
    const first = open(`killed-${killAt}.db`, counting);
    let stopped = Promise.resolve();
    kill = () => {
      isKilled = true;
      stopped = first.deps.jobs.shutdown(0);
    };
    first.start();
    const runId = launch(first);
    await settled(first, runId);
    await stopped;
    const before = decisionsOf(first, runId);
    expect(expected.at(-1)).toMatchObject({ type: "run-ended" });
    expect(before.length).toBeLessThan(expected.length);
    const lost = first.deps.repos.paidCalls.countInFlight(first.deps.repos.runs.byId(runId)?.jobId ?? "");
    await first.close();

    isKilled = false;
    const second = open(`killed-${killAt}.db`, counting);
    editAbout(second); // pinned at launch: the run goes on with the card as it was
    second.start();
    await settled(second, runId);
    expect(decisionsOf(second, runId)).toEqual(expected);
    const run = second.services.runs.get(actor, runId);
    expect(run.state).toBe("done");
    expect(run.view.repeatedAfterCrash).toBe(lost);
    const { repos } = second.deps;
    const totals = repos.paidCalls.totals(repos.runs.byId(runId)?.jobId ?? "");
    expect(sum(totals.map(({ repeated }) => repeated))).toBe(lost);
    expect(asked).toBe(sum(totals.map(({ calls }) => calls)) + lost);
    const resumed = repos.runEvents.listByType(runId, ["resumed"]).map(({ body }) => body);
    expect(resumed).toEqual([{ type: "resumed", afterCrash: true, repeatedAfterCrash: lost }]);
    await second.close();
  });
});

describe("architecture.md: a run that cannot be replayed exactly is parked, and a person may take the best", () => {
  it("says so in the journal, and ends with the best so far when that is asked for", async () => {
    copyFileSync(path.join(folder, "origin.db"), path.join(folder, "parked.db"));
    let asked = 0;
    let stopped = Promise.resolve();
    const first: Container = open("parked.db", {
      wrapSandboxFetch: (fetch) => (input, init) => {
        asked += 1;
        if (asked === 120) stopped = first.deps.jobs.shutdown(0);
        return asked >= 120 ? neverAnswers(init?.signal) : fetch(input, init);
      },
    });
    first.start();
    const runId = launch(first);
    await settled(first, runId);
    await stopped;
    const before = decisionsOf(first, runId);
    await first.close();

    // A run of before the About card was pinned reads the card of today: another text is another request.
    const database = openDatabase(path.join(folder, "parked.db"));
    database.raw.exec(
      "update runs set manifest = json_remove(json_set(manifest, '$.v', 1), '$.value.about')",
    );
    database.close();
    const second = open("parked.db");
    editAbout(second);
    second.start();
    await settled(second, runId);
    const parked = second.services.runs.get(actor, runId);
    expect(parked.state).toBe("paused");
    expect(parked.view.paused?.byPerson).toBe(false);
    expect(parked.view.paused?.cause).toContain("cannot be resumed exactly");

    await second.services.runs.control(actor, runId, "stop");
    await settled(second, runId);
    const ended = second.services.runs.get(actor, runId);
    expect(ended.state).toBe("done");
    expect(ended.view.ended?.stopReason).toBe("user");
    expect(ended.view.ended?.recommendedCandidateId).toBe(parked.view.recommended?.candidateId);
    expect(decisionsOf(second, runId).slice(0, before.length)).toEqual(before);
    await second.close();
  });
});
