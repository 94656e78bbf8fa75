import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Container, createContainer } from "../container";
import { readEnv } from "../env";
import { seedLabelled } from "../testing/labelled-project";
import { createTestServices, type TestServices } from "../testing/test-services";

const WORD = "Zwetschgenknoedel";
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "purge-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = () => path.join(folder, "touchstone.db");
const open = (): TestServices =>
  createTestServices({ TOUCHSTONE_DATA_DIR: folder }, { databaseFile: file() });

/** The next process at the same data. */
function openAgain(): Container {
  const env = readEnv({ TOUCHSTONE_LOG_LEVEL: "silent", NODE_ENV: "test", TOUCHSTONE_DATA_DIR: folder });
  const container = createContainer({ env, databaseFile: file() });
  container.start();
  return container;
}

/** Whether any byte of the files of the database still spells the word. */
const isInFiles = (): boolean =>
  ["touchstone.db", "touchstone.db-wal"].some((name) => {
    try {
      return readFileSync(path.join(folder, name)).includes(WORD);
    } catch {
      return false; // no log beside a file that was closed
    }
  });

const rowsOf = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    question: `What about ${WORD} number ${at}?`,
    answer: `${WORD}, ${at} times.`,
    value: 2,
    reason: `No ${WORD}.`,
  }));

it("goes on after a kill in the middle, and then no byte of the file spells what was in it", async () => {
  const first = open();
  const { projectId } = seedLabelled(first, rowsOf(150));
  const kept = seedLabelled(first, [{ question: "Who stays?", answer: "We do.", value: 4 }]);
  const { name } = first.services.projects.get(first.actor, projectId);
  await first.services.projects.remove(first.actor, projectId, name);
  // as at a kill: the process ends between two steps
  await first.close();
  expect(isInFiles()).toBe(true);

  const second = openAgain();
  try {
    const { repos } = second.deps;
    await second.services.purge.finished();
    expect(repos.purge.waiting()).toEqual([]);
    expect(repos.records.counts(projectId).total).toBe(0);
    expect(repos.labels.list(kept.projectId)).toHaveLength(1);
    expect(isInFiles()).toBe(false);
  } finally {
    await second.close();
  }
});

it("ends work of the project that waits, and does not take it up at a start", async () => {
  const first = open();
  const { projectId } = seedLabelled(first, rowsOf(3));
  const { repos, now } = first.deps;
  repos.jobs.enqueue({
    id: "job_1",
    kind: "import",
    projectId,
    subjectId: "imp_1",
    caps: { maxMetricCalls: null, maxUsd: null, maxMinutes: null },
    total: 0,
    actorId: "usr_1",
    at: now(),
  });
  // marked by a process that died before anything else was done
  repos.projects.markDeleted(projectId, now());
  await first.close();
  const second = openAgain();
  try {
    await second.services.purge.finished();
    expect(second.deps.repos.jobs.byId("job_1")).toBeNull();
    expect(second.deps.repos.purge.waiting()).toEqual([]);
  } finally {
    await second.close();
  }
});
