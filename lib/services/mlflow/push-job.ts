import "server-only";
import { z } from "zod";
import type { AliasEvent } from "@/db/repos/aliases.repo";
import type { MlflowLink, MlflowPush } from "@/db/repos/mlflow.repo";
import type { Prompt, PromptVersion } from "@/db/repos/prompts.repo";
import type { MlflowStep } from "@/lib/contracts/mlflow";
import type { FetchLike } from "@/lib/llm";
import { drawFrom } from "@/lib/util/rng";
import { buildBundle } from "../bundles/build-bundle";
import { baseUrlOf } from "../env";
import { evidenceViewOf } from "../evidence/evidence-view";
import type { JobContext, JobHandler } from "../jobs/job-types";
import type { ServiceDeps } from "../service-deps";
import { RETRY_WAITS_MS } from "../webhooks/delivery-job";
import { serializeJudge } from "./judge-form";
import { judgesOfReview } from "./judges-of-review";
import { linkServer } from "./link-server";
import { createMlflowClient, type MlflowClient, MlflowError } from "./mlflow-client";
import { ensureExperiment, type RunFacts, writeBundle, writeRun } from "./push-run";
import { MovedOutside, writeAlias, writeVersion } from "./push-steps";
import { hashOf } from "./read-datasets";

/** What is done of a push, as it is stored: each step with a sentence, and what the next ones need. */
export const pushStepsSchema = z.record(
  z.string(),
  z.object({ isDone: z.boolean(), detail: z.string(), value: z.string().optional() }),
);
type Steps = z.infer<typeof pushStepsSchema>;

const JITTER = 0.1;

/**
 * One try of one push. What an earlier try has done is found there again, and is not done twice. Of one project one
 * flies at a time: two that crossed could leave the alias at the older version.
 */
export function createMlflowPushJob(deps: ServiceDeps, fetch: FetchLike): JobHandler {
  const last = new Map<string, Promise<void>>();
  return async (context) => {
    const projectId = context.job.projectId ?? "";
    const mine = (last.get(projectId) ?? Promise.resolve()).then(() => tryPush(deps, fetch, context));
    const settled = mine.catch(() => undefined);
    last.set(projectId, settled);
    await mine.finally(() => {
      if (last.get(projectId) === settled) last.delete(projectId);
    });
  };
}

async function tryPush(deps: ServiceDeps, fetch: FetchLike, { job, signal }: JobContext): Promise<void> {
  const { repos, now } = deps;
  const push = repos.mlflow.push(job.subjectId);
  const link = push && repos.mlflow.link(push.projectId);
  if (push?.state !== "waiting") return;
  const steps: Steps = pushStepsSchema.parse(push.steps);
  const attempts = push.attempts + 1;
  try {
    if (!link) throw new MlflowError("The project is no longer connected with an MLflow server.", 404, "");
    await writeAll(deps, createMlflowClient(fetch, linkServer(deps, link), signal), { push, link, steps });
    repos.mlflow.changePush(push.id, {
      state: "written",
      steps,
      attempts,
      lastError: null,
      writtenAt: now(),
    });
  } catch (error) {
    signal.throwIfAborted();
    const trouble = { steps, attempts, lastError: error instanceof Error ? error.message : String(error) };
    const isExpected = error instanceof MlflowError || error instanceof MovedOutside;
    const wait = error instanceof MlflowError && error.mayPass ? RETRY_WAITS_MS[push.attempts] : undefined;
    if (error instanceof MovedOutside) repos.mlflow.changePush(push.id, { ...trouble, state: "held" });
    else if (wait === undefined) repos.mlflow.changePush(push.id, { ...trouble, state: "given-up" });
    else {
      const jitter = 1 + JITTER * drawFrom(push.id, "jitter", push.attempts);
      repos.mlflow.changePush(push.id, { ...trouble, nextAt: now() + Math.round(wait * jitter) });
    }
    if (!isExpected) throw error;
  }
}

interface Work {
  push: MlflowPush;
  link: MlflowLink;
  /** Filled as the work goes on. */
  steps: Steps;
}

async function writeAll(deps: ServiceDeps, client: MlflowClient, { push, link, steps }: Work): Promise<void> {
  const { repos } = deps;
  const event = repos.aliases.event(push.aliasEventId);
  const prompt = event && repos.prompts.byId(event.promptId);
  const version = event && repos.prompts.versionById(event.toVersionId);
  if (!event || !prompt || !version)
    throw new Error("The move of the alias that this push tells of is not there.");
  const done = (step: MlflowStep, detail: string, value?: string): void => {
    steps[step] = { isDone: true, detail, ...(value === undefined ? {} : { value }) };
  };
  const number = await writeVersion(client, prompt, version);
  done(
    "version",
    `Version ${number} there holds the words of v${version.version}; read back and compared.`,
    number,
  );
  const skip = (step: MlflowStep, detail: string): void => {
    steps[step] = { isDone: false, detail };
  };
  const [newest] = repos.aliases.history(prompt.id, event.alias);
  if (newest?.id === event.id) {
    const expected = expectedTexts(deps, event);
    await writeAlias(client, prompt, event, { number, expected, isForced: push.isForced });
    done("alias", `${event.alias} points at version ${number} there; read back.`, number);
  } else
    skip(
      "alias",
      `${event.alias} went on to v${newest?.toVersion} here meanwhile; that has an entry of its own.`,
    );
  if (event.reviewId === null) return;
  const experiment = await ifThere(() => ensureExperiment(client, link.experiment));
  if (!experiment) return skip("run", "This server has no service for runs.");
  const run = await writeRun(
    client,
    experiment.experiment_id,
    runFactsOf(deps, { event, prompt, version, number }),
  );
  done("run", `Run ${run.run_id} in "${link.experiment}" with its figures.`, run.run_id);
  const review = repos.reviews.byId(event.reviewId);
  if (!review) return;
  const uploaded = await ifThere(() => writeBundle(client, run, buildBundle(deps, review)));
  if (uploaded) done("evidence", "evidence-bundle.json beside the run.");
  else
    skip(
      "evidence",
      "This server keeps artifacts in a store of its own, so the bundle was not sent. It is on the review's page.",
    );
  await writeJudges(deps, client, experiment.experiment_id, { push, done, skip, reviewId: review.id });
}

/**
 * What the alias may point at there: the words that were replaced here, back to the last move that is known to have
 * been written. Moves that never reached the server lie between.
 */
function expectedTexts({ repos }: ServiceDeps, event: AliasEvent): Set<string> {
  const history = repos.aliases.history(event.promptId, event.alias);
  const texts = new Set<string>();
  for (const move of history.slice(history.findIndex(({ id }) => id === event.id))) {
    if (move.id !== event.id && repos.mlflow.pushOfEvent(move.id)?.state === "written") break;
    const replaced = move.fromVersionId === null ? null : repos.prompts.versionById(move.fromVersionId);
    if (replaced) texts.add(replaced.text);
  }
  return texts;
}

/** Null when the server lacks the service; anything else that goes wrong is thrown. */
async function ifThere<Result>(ask: () => Promise<Result>): Promise<Result | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof MlflowError && error.isAbsent) return null;
    throw error;
  }
}

function runFactsOf(
  deps: ServiceDeps,
  {
    event,
    prompt,
    version,
    number,
  }: { event: AliasEvent; prompt: Prompt; version: PromptVersion; number: string },
): RunFacts {
  const { repos } = deps;
  const review = event.reviewId === null ? null : repos.reviews.byId(event.reviewId);
  const evidence = review && evidenceViewOf(repos, review);
  const numbers: Record<string, number | null | undefined> = {
    initial_eval_score: evidence?.meanBefore,
    final_eval_score: evidence?.meanAfter,
    gain: evidence?.gain?.value,
    gain_low: evidence?.gain?.low,
    gain_high: evidence?.gain?.high,
    p_value: evidence?.pValue,
    records_better: evidence?.counts?.better,
    records_worse: evidence?.counts?.worse,
    records_same: evidence?.counts?.same,
  };
  const metrics = Object.entries(numbers).filter(
    (entry): entry is [string, number] => typeof entry[1] === "number",
  );
  return {
    name: `${prompt.name} v${version.version} to ${event.alias}`,
    eventId: event.id,
    at: event.createdAt,
    metrics: Object.fromEntries(metrics),
    params: {
      prompt: prompt.name,
      alias: event.alias,
      touchstone_version: String(version.version),
      mlflow_version: number,
      promoted_by: event.actor,
      self_approved: String(event.selfApproved),
      overridden: String(event.overridden),
    },
    tags: {
      ...version.tags,
      "mlflow.note.content": [event.evidenceSentence, event.reason].filter(Boolean).join("\n\n"),
      "mlflow.linkedPrompts": JSON.stringify([{ name: prompt.name, version: number }]),
      "touchstone.url": `${baseUrlOf(deps.env)}/p/${prompt.projectId}/reviews/${event.reviewId}`,
    },
  };
}

async function writeJudges(
  deps: ServiceDeps,
  client: MlflowClient,
  experimentId: string,
  {
    push,
    reviewId,
    done,
    skip,
  }: {
    push: MlflowPush;
    reviewId: string;
    done(step: MlflowStep, detail: string): void;
    skip(step: MlflowStep, detail: string): void;
  },
): Promise<void> {
  const { repos, now } = deps;
  const { projectId } = push;
  const judges = judgesOfReview(deps, reviewId).filter(({ judge }) => judge.kind === "model");
  if (judges.length === 0) return skip("judge", "No model judge had a part in this promotion.");
  const said: string[] = [];
  for (const { judge, version, model } of judges) {
    const serialized = serializeJudge(judge, version, model);
    const hash = hashOf({ serialized, experimentId });
    if (repos.mlflow.items(projectId, "judge", [judge.name]).get(judge.name)?.hash === hash) {
      said.push(`"${judge.name}" is there as it is here`);
      continue;
    }
    const schema = z.object({ version: z.number().int().optional() });
    const body = { experiment_id: experimentId, name: judge.name, serialized_scorer: serialized };
    const made = await ifThere(() => client.call("POST", "3.0/mlflow/scorers/register", schema, { body }));
    if (!made) return skip("judge", "This server has no service for judges.");
    repos.mlflow.noteItem({
      projectId,
      kind: "judge",
      remoteId: judge.name,
      localId: version.id,
      hash,
      at: now(),
    });
    said.push(`"${judge.name}" v${version.version} went out as an instruction judge`);
  }
  done("judge", `${said.join("; ")}.`);
}
