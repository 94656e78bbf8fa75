import { z } from "zod";
import { alignmentViewSchema, type JudgeView, judgeSchema } from "@/lib/contracts/judges";
import { type MlflowPushView, mlflowCheckSchema, mlflowPageSchema } from "@/lib/contracts/mlflow";
import { type ReviewView, reviewSchema } from "@/lib/contracts/reviews";
import { runScript } from "./mlflow-server";
import { type Check, EXPERIMENT, type MlflowWorld, mustEqual, until } from "./world";

/** Added to the text in production: things that the sample's experts ask for. */
const ADDED = [
  "the sample size",
  "who gets the ball",
  "the games covered",
  "the number of snaps",
  "a warning that data are thin",
  "what the call leaves open",
].map((thing) => `Always include ${thing}.`);

const seenSchema = z.object({
  live: z.object({ version: z.number(), template: z.string(), tags: z.record(z.string(), z.string()) }),
  versions: z.array(z.number()),
  runs: z.number(),
  metrics: z.record(z.string(), z.number()),
  status: z.string(),
  artifacts: z.array(z.string()),
  bundle: z.object({ format: z.string(), review: z.string() }),
  judge: z.object({ kind: z.string(), instructions: z.string() }),
});

/** A promotion here is there, with its evidence. */
export async function checkPromotion(world: MlflowWorld, check: Check): Promise<void> {
  let review: ReviewView | null = null;
  let judge: JudgeView | null = null;
  await check("the judge is taught, so that it has guidelines to go out with", async () => {
    judge = await teach(world);
    const texts = activeTexts(judge);
    mustEqual("has guidelines", texts.length > 0, true);
    return texts.join("\n");
  });
  await check("a promotion is written to the server, and every step is read back", async () => {
    review = await promote(world);
    const push = await until("the promotion to be written", async () => {
      const [newest] = await pushes(world);
      return newest && newest.state !== "waiting" ? newest : null;
    });
    if (push.state !== "written") throw new Error(`${push.state}: ${push.lastError}`);
    mustEqual(
      "steps that were not done",
      push.steps.filter(({ isDone }) => !isDone),
      [],
    );
    return push.steps.map(({ detail }) => detail).join("\n");
  });
  await check("MLflow's client sees version, tags, alias, run, bundle and judge", async () => {
    const seen = await look(world);
    const live = (await world.prompt()).versions.find(({ version }) => version === 2);
    mustEqual("the text", seen.live.template, live?.text);
    mustEqual("final_score", seen.live.tags.final_score, live?.tags.final_score);
    mustEqual(
      "final_eval_score of the run",
      Number(seen.metrics.final_eval_score?.toFixed(4)),
      Number(live?.tags.final_score),
    );
    mustEqual("artifacts", seen.artifacts, ["evidence-bundle.json"]);
    mustEqual("the review in the bundle", seen.bundle.review, review?.id);
    mustEqual("the kind of judge", seen.judge.kind, "InstructionsJudge");
    const { initial_score, final_score, optimization, judge } = seen.live.tags;
    return `v${seen.live.version}: ${JSON.stringify({ initial_score, final_score, optimization, judge })}\nrun ${seen.status}: ${JSON.stringify(seen.metrics)}`;
  });
  await check("the judge there holds every guideline; the page says what is lost", async () => {
    const { instructions } = (await look(world)).judge;
    mustEqual(
      "guidelines that are missing there",
      activeTexts(judge).filter((text) => !instructions.includes(`- ${text}`)),
      [],
    );
    const { losses } = await world.api.get(`${world.at}/mlflow`, mlflowPageSchema);
    const lost = losses.find((one) => one.judge === world.judgeName)?.lost ?? [];
    const remembered = judge?.inUse?.episodeCount ?? 0;
    mustEqual("remembers answers", remembered > 0, true);
    mustEqual("says so", lost[0]?.startsWith(`the ${remembered} remembered answers`), true);
    return `${instructions}\nLost: ${lost.join("; ")}`;
  });
  await check("it is in step, and writing it again writes nothing twice", async () => {
    const before = await look(world);
    const [push] = await pushes(world);
    await world.api.send("POST", `${world.at}/mlflow/pushes/${push?.id}/again`, { body: {} });
    await until("the second write", async () =>
      (await pushes(world))[0]?.state === "written" ? true : null,
    );
    mustEqual("what is there", await look(world), before);
    const { aliases } = await world.api.post(`${world.at}/mlflow/check`, undefined, mlflowCheckSchema);
    const own = aliases.find(({ prompt }) => prompt === world.promptName);
    mustEqual("in step", own?.isSame, true);
    return `${own?.prompt}@${own?.alias}: v${own?.here} here, version ${own?.there} there, the same words`;
  });
}

/** By the labels of the sample's experts, and taken into use. */
async function teach({ api, at, judgeName }: MlflowWorld): Promise<JudgeView> {
  const judges = z.object({ items: z.array(judgeSchema) });
  const find = async (): Promise<JudgeView> => {
    const found = (await api.get(`${at}/judges`, judges)).items.find(({ name }) => name === judgeName);
    if (!found) throw new Error(`There is no judge ${judgeName} here.`);
    return found;
  };
  const { id } = await api.post(`/api/v1/judges/${(await find()).id}/alignments`, {}, alignmentViewSchema);
  await until("the teaching", async () => {
    const { state, cause } = await api.get(`/api/v1/alignments/${id}`, alignmentViewSchema);
    if (state === "failed" || state === "paused") throw new Error(cause ?? state);
    return state === "done" ? true : null;
  });
  await api.send("POST", `/api/v1/alignments/${id}/decision`, { body: { decision: "used" } });
  return find();
}

function activeTexts(judge: JudgeView | null): string[] {
  return (judge?.inUse?.guidelines ?? []).filter(({ active }) => active).map(({ text }) => text);
}

async function look(world: MlflowWorld): Promise<z.infer<typeof seenSchema>> {
  const args = [world.promptName, world.judgeName, EXPERIMENT];
  return seenSchema.parse(
    await runScript("look_at_server.py", args, { MLFLOW_TRACKING_URI: world.mlflow.url }),
  );
}

async function pushes({ api, at }: MlflowWorld): Promise<MlflowPushView[]> {
  return (await api.get(`${at}/mlflow`, mlflowPageSchema)).pushes;
}

/** A hand-written change with real evidence; what its losses and verdict leave open an admin takes on themselves. */
async function promote({ api, at, prompt }: MlflowWorld): Promise<ReviewView> {
  const { id: promptId, versions } = await prompt();
  const text = [versions[0]?.text ?? "", ...ADDED].join("\n");
  const body = { promptId, components: { system: text } };
  const { id } = await api.post(`${at}/reviews`, body, reviewSchema);
  await api.send("POST", `/api/v1/reviews/${id}/evidence`);
  const review = await until("the evidence", async () => {
    const seen = await api.get(`/api/v1/reviews/${id}`, reviewSchema);
    return seen.evidence?.state === "done" ? seen : null;
  });
  for (const { recordId, confirmed } of review.evidence?.losses ?? [])
    if (confirmed)
      await api.send("POST", `/api/v1/reviews/${id}/accept-regression`, {
        body: { recordId, reason: "Known." },
      });
  for (const { recordId, liftable } of review.evidence?.critical.cases ?? [])
    if (liftable)
      await api.send("POST", `/api/v1/reviews/${id}/accept-regression`, {
        body: { recordId, reason: "Once." },
      });
  const { gate } = await api.get(`/api/v1/reviews/${id}`, reviewSchema);
  const decision = { expectedCurrent: 1, reason: "To be seen in MLflow.", override: !gate.open };
  return api.post(`/api/v1/reviews/${id}/promote`, decision, reviewSchema);
}
