import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { ReviewView } from "@/lib/contracts/reviews";
import { startRunInput } from "@/lib/contracts/runs";
import type { SeededProject } from "@/lib/services/sample/seed-project";
import { createTestServices, type TestServices } from "@/lib/services/testing/test-services";
import { harbour, RULES } from "./harbour";

const LEAST_PRECISION = 0.9;
const LEAST_RECALL = 0.8;

interface WorldResult {
  world: number;
  rulesTaught: number;
  sentences: number;
  /** Comments that the review names behind added sentences. */
  named: number;
  /** Comments whose rule an added sentence states. */
  stated: number;
  right: number;
}

/**
 * `npm run bench -- provenance [--worlds 10] [--budget 150]`: each rule comes from exactly one planted comment; teaching,
 * run and review are the product's own over simulated models. How often does the review name the right comment?
 */
export async function runProvenanceBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { worlds: { type: "string", default: "10" }, budget: { type: "string", default: "150" } },
  });
  const results: WorldResult[] = [];
  for (let world = 1; world <= Number(values.worlds); world += 1)
    results.push(await runWorld(world, Number(values.budget)));
  const total = (pick: (result: WorldResult) => number): number =>
    results.reduce((sum, result) => sum + pick(result), 0);
  const precision = total(({ right }) => right) / total(({ named }) => named);
  const recall = total(({ right }) => right) / total(({ stated }) => stated);
  const text = [
    "| world | rules taught | sentences added | comments named | comments whose rule is stated | named rightly |",
    `|${" --- |".repeat(6)}`,
    ...results.map(
      ({ world, rulesTaught, sentences, named, stated, right }) =>
        `| ${world} | ${rulesTaught} of ${RULES.length} | ${sentences} | ${named} | ${stated} | ${right} |`,
    ),
    "",
    `Precision ${precision.toFixed(3)} (at least ${LEAST_PRECISION}), recall ${recall.toFixed(3)} (at least ${LEAST_RECALL}).`,
  ].join("\n");
  console.log(text);
  const folder = join(import.meta.dirname, "../results");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "provenance.md"), `${text}\n`);
  if (!(precision >= LEAST_PRECISION && recall >= LEAST_RECALL)) process.exitCode = 1;
}

async function runWorld(world: number, budget: number): Promise<WorldResult> {
  const server = createTestServices({}, { sandboxSeed: `provenance-${world}` });
  try {
    const seeded = server.seed(harbour);
    const commentOf = plant(server, seeded);
    const judgeVersionId = await teach(server, seeded);
    const review = await reviewOfRun(server, seeded, judgeVersionId, budget);
    return scoreReview(world, review, commentOf, taughtRules(server, judgeVersionId));
  } finally {
    await server.close();
  }
}

/** One answer and one comment a rule, each on a record of its own. @returns words of a comment → number of its rule */
function plant({ deps }: TestServices, seeded: SeededProject): Map<string, number> {
  const { repos, newId, now } = deps;
  const projectId = seeded.project.id;
  const practice = harbour.records.map(({ key }) => seeded.recordIds.get(key) ?? "");
  repos.records.assignSets(
    practice.map((recordId, index) => ({
      recordId,
      set: index < 24 ? ("practice" as const) : ("sealed" as const),
    })),
  );
  const expert = repos.users.insert({
    id: newId("usr"),
    name: "Mara",
    email: `${newId("x")}@example.test`,
    isServerAdmin: false,
    at: now(),
  });
  repos.members.setRole(projectId, expert.id, "lead", now());
  for (let index = 0; index < RULES.length + 6; index += 1) {
    const rule = RULES[index];
    const recordId = practice[index] ?? "";
    const traceId = newId("trc");
    repos.traces.insert({
      id: traceId,
      projectId,
      recordId,
      recordRevision: 1,
      evaluationId: null,
      promptVersionId: seeded.version?.id ?? null,
      targetVersionId: seeded.targetVersionId,
      state: "OK",
      question: harbour.records[index]?.inputs.messages.at(-1)?.content ?? "",
      output: rule ? "Yes, that can be done with care." : "Yes. Everything the watch has to know is said.",
      cause: null,
      steps: [],
      provenance: "planted",
      outputKey: null,
      simulated: true,
      latencyMs: null,
      costUsd: null,
      createdAt: now(),
    });
    repos.labels.commit({
      id: newId("lbl"),
      projectId,
      traceId,
      recordId,
      judgeId: seeded.judgeId,
      judgeVersionId: seeded.judgeVersionId,
      authorId: expert.id,
      value: rule ? 2 : 5,
      reason: rule?.comment ?? "",
      betterAnswer: null,
      flagged: false,
      purpose: "teaching",
      queueId: null,
      createdAt: now(),
    });
  }
  return new Map(RULES.map(({ comment }, index) => [comment, index]));
}

async function teach(server: TestServices, { judgeId }: SeededProject): Promise<string> {
  const { id } = server.services.alignments.start(server.actor, judgeId);
  await server.idle();
  server.services.alignments.decide(server.actor, id, "used");
  const version = server.deps.repos.judges.inUse(judgeId);
  if (!version) throw new Error("the taught judge is not in use");
  return version.id;
}

async function reviewOfRun(
  server: TestServices,
  seeded: SeededProject,
  judgeVersionId: string,
  maxMetricCalls: number,
): Promise<ReviewView> {
  const { services, actor } = server;
  const input = startRunInput.parse({
    promptVersionId: seeded.version?.id,
    judges: [{ judgeVersionId, weight: 1 }],
    maxMetricCalls,
    reason: "bench",
  });
  const { id } = services.runs.start(actor, seeded.project.id, input);
  await server.idle();
  const run = services.runs.get(actor, id);
  const candidateId = run.view.ended?.recommendedCandidateId;
  if (!candidateId) throw new Error(`the run did not end: ${run.cause}`);
  return services.reviews.create(actor, seeded.project.id, { runId: id, candidateId });
}

function taughtRules({ deps }: TestServices, judgeVersionId: string): number {
  const texts = deps.repos.judges.versionById(judgeVersionId)?.guidelines.map(({ text }) => text) ?? [];
  return RULES.filter(({ stem }) => texts.some((text) => stem.test(text))).length;
}

/** Pairs of an added sentence and a comment: those that the review names, and those that are true. */
function scoreReview(
  world: number,
  review: ReviewView,
  commentOf: ReadonlyMap<string, number>,
  rulesTaught: number,
): WorldResult {
  const added = sentencesOf(review.text).filter(
    (sentence) => !(review.baseline?.text ?? "").includes(sentence),
  );
  const result = { world, rulesTaught, sentences: added.length, named: 0, stated: 0, right: 0 };
  for (const sentence of added) {
    const named = new Set(
      review.sources
        .filter((source) => source.sentence.includes(sentence) || sentence.includes(source.sentence))
        .flatMap(({ guidelines }) => guidelines.flatMap(({ words }) => words))
        .flatMap(({ reason }) => commentOf.get(reason) ?? []),
    );
    const stated = RULES.flatMap(({ stem }, index) => (stem.test(sentence) ? [index] : []));
    result.named += named.size;
    result.stated += stated.length;
    result.right += stated.filter((rule) => named.has(rule)).length;
  }
  return result;
}

function sentencesOf(text: string): string[] {
  return text
    .split(/\n+|(?<=[.!?])\s+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");
}
