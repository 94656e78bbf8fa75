import "server-only";
import type { Project } from "@/db/repos/projects.repo";
import type { PromptVersion } from "@/db/repos/prompts.repo";
import type { ModelAssignment } from "@/lib/contracts/projects";
import type { OptimizationRecord } from "@/lib/contracts/records";
import type { Preflight, RunManifest, StartRunInput } from "@/lib/contracts/runs";
import { lessonSize } from "@/lib/gepa";
import { sum } from "@/lib/util/math";
import { rngFrom } from "@/lib/util/rng";
import type { ServiceDeps } from "../service-deps";
import { isSimulated } from "../targets/current-target";
import { chooseValset } from "./choose-valset";
import { aboutText } from "./guidance";

/** Changes whenever the same input could lead to other decisions; a run of another version is not replayed. */
export const ENGINE_VERSION = "1";
const CONCURRENCY = 16;
/** Longest reply under a money cap, in tokens, where the project's settings name no limit. */
const ANSWER_TOKENS = 4_096;
const REFLECTION_TOKENS = 8_192;
/** Fewer practice records than this make a run exploratory: promotion then needs an override with a reason. */
export const EXPLORATORY_BELOW = 10;

export interface LaunchParts {
  project: Project;
  version: PromptVersion;
  targetVersionId: string;
  /** Practice records with expectations. */
  practice: readonly OptimizationRecord[];
  /** What the run is expected to cost; null where prices or usage are not known. */
  expectedUsd: Preflight["forecast"]["usd"];
}

/** Set by the headless command only; a run from the app follows architecture.md, Sets. */
export interface LaunchOptions {
  /** `shared`: learned from and compared on are the same records; `halves`: they are disjoint. */
  split?: "shared" | "halves";
  concurrency?: number;
}

/** Everything that the run's scores depend on, by version; the records are frozen as a snapshot. */
export function freezeManifest(
  deps: Pick<ServiceDeps, "repos" | "now" | "newId">,
  parts: LaunchParts,
  input: StartRunInput,
  options: LaunchOptions = {},
): RunManifest {
  const { repos, now, newId } = deps;
  const { project, version, practice } = parts;
  const { task, judge, reflection, embedding } = project.models;
  const capped = (assignment: ModelAssignment, tokens: number): ModelAssignment =>
    input.maxUsd === null ? assignment : withOutputLimit(assignment, tokens);
  const items = practice.map(({ id, revision, set }) => ({ recordId: id, revision, set }));
  const snapshot = repos.snapshots.create(newId("snap"), project.id, items, now());
  const total = sum(input.judges.map(({ weight }) => weight));
  return {
    v: 3,
    engineVersion: ENGINE_VERSION,
    promptVersionId: version.id,
    targetVersionId: parts.targetVersionId,
    judges: input.judges.map(({ judgeVersionId, weight, floor }) => ({
      judgeVersionId,
      weight: weight / total,
      floor,
    })),
    models: {
      task: capped(task, ANSWER_TOKENS),
      judge: capped(judge, ANSWER_TOKENS),
      reflection: capped(reflection, REFLECTION_TOKENS),
      embedding,
    },
    snapshotId: snapshot.id,
    ...splitOf(practice, input, options.split),
    maxMetricCalls: input.maxMetricCalls,
    maxUsd: input.maxUsd,
    maxMinutes: input.maxMinutes,
    strategy: input.strategy,
    lanes: Math.min(input.lanes, Math.max(1, Math.floor(input.maxMetricCalls / 40))),
    concurrency: options.concurrency ?? CONCURRENCY,
    seed: input.seed,
    exploratory: practice.length < EXPLORATORY_BELOW,
    simulated: isSimulated(repos, project),
    reason: input.reason,
    about: aboutText(project.about),
    reflectionExamples: lessonSize(input.maxUsd, parts.expectedUsd),
  };
}

function splitOf(
  practice: readonly OptimizationRecord[],
  input: StartRunInput,
  split: LaunchOptions["split"],
): Pick<RunManifest, "trainset" | "valset"> {
  const ids = practice.map(({ id }) => id);
  if (split === undefined)
    return { trainset: ids, valset: chooseValset(practice, input.maxMetricCalls, input.seed) };
  if (split === "shared" || ids.length < 2) return { trainset: ids, valset: ids };
  const drawn = new Set(
    rngFrom(input.seed, "halves")
      .shuffle(ids)
      .slice(0, Math.floor(ids.length / 2)),
  );
  return { trainset: ids.filter((id) => drawn.has(id)), valset: ids.filter((id) => !drawn.has(id)) };
}

/** A cap in money can be held only where a reply has a longest possible length. */
function withOutputLimit(assignment: ModelAssignment, maxOutputTokens: number): ModelAssignment {
  return { ...assignment, settings: { maxOutputTokens, ...assignment.settings } };
}
