import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { JudgeModel, JudgeSnapshot } from "@/lib/judge";
import { measureAgreement, measureOnUnseen } from "@/lib/judge/agreement";
import { align, createAlignedSnapshot } from "@/lib/judge/align";
import { createSandboxHandler } from "@/lib/sandbox/handler";
import { mean } from "@/lib/util/math";
import { FIELDS } from "./fields";
import { latencyTable } from "./latency";
import { createWorld, EXPERTS, type World } from "./world";

/** What the published table is made of; a smaller run is printed and written nowhere. */
const WHOLE = { worlds: "3", labels: "5,10,20,50" } as const;
const UNSEEN = 60;
const VERDICTS = ["better", "unclear", "worse"] as const;
const CALM = new AbortController().signal;

type Verdict = "better" | "unclear" | "worse";

/** Agreement on unseen answers, of one world after so many labels; 0 labels is the judge by instructions alone. */
interface Point {
  labels: number;
  sameSide: number;
  sameGrade: number;
  tooKind: number;
  tooHarsh: number;
  kappa: number | null;
  guidelines: number;
  /** Against instructions only, on the unseen answers, by the test that the page uses. */
  verdict: Verdict;
  /** What the page said when the judge was taught, from these labels alone. */
  pageSaid: Verdict;
}

/**
 * `npm run bench -- align [--worlds 3] [--labels 5,10,20,50] [--no-latency]`: simulated experts with hidden standards
 * teach the simulated judge; agreement on answers that nobody taught from, beside the judge by its instructions alone.
 */
export async function runAlignBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      worlds: { type: "string", default: WHOLE.worlds },
      labels: { type: "string", default: WHOLE.labels },
      "no-latency": { type: "boolean", default: false },
    },
  });
  const sizes = values.labels.split(",").map(Number);
  const curves: { field: string; expert: string; points: Point[] }[] = [];
  for (const field of FIELDS)
    for (const expert of EXPERTS)
      for (let seed = 1; seed <= Number(values.worlds); seed++) {
        const world = createWorld(field, expert, seed, { teaching: Math.max(...sizes), unseen: UNSEEN });
        curves.push({ field: field.name, expert: expert.name, points: await curveOf(world, sizes) });
      }
  const parts = [
    tableOf(
      "all worlds",
      curves.map(({ points }) => points),
    ),
  ];
  for (const { name } of FIELDS)
    parts.push(
      tableOf(
        name,
        pointsOf(curves, ({ field }) => field === name),
      ),
    );
  for (const { name } of EXPERTS)
    parts.push(
      tableOf(
        `${name} expert`,
        pointsOf(curves, ({ expert }) => expert === name),
      ),
    );
  parts.splice(1, 0, honesty(curves));
  if (!values["no-latency"]) parts.push(await latencyTable());
  const report = parts.join("\n\n");
  console.log(report);
  const isWhole = values.worlds === WHOLE.worlds && values.labels === WHOLE.labels && !values["no-latency"];
  if (!isWhole) {
    console.log("\nA part of the bench: bench/results/align.md keeps the table of the last whole one.");
    return;
  }
  const folder = join(import.meta.dirname, "../results");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "align.md"), `${report}\n`);
}

type Curve = { field: string; expert: string; points: Point[] };

function pointsOf(curves: readonly Curve[], isWanted: (curve: Curve) => boolean): Point[][] {
  return curves.filter(isWanted).map(({ points }) => points);
}

async function curveOf(world: World, sizes: readonly number[]): Promise<Point[]> {
  const model = sandboxModel(world.name);
  const points: Point[] = [];
  for (const labels of sizes) {
    const input = { base: world.judge, labels: world.teaching.slice(0, labels), guidelinesKept: [] };
    const deps = { model, embeddings: null };
    const taught = await align(input, deps, CALM);
    const page = await measureAgreement({ ...input, seed: "agreement" }, deps, CALM);
    const after = createAlignedSnapshot(world.judge, `taught-${labels}`, taught);
    points.push({ ...(await compare(world, after, labels, model)), pageSaid: page.headline.verdict });
  }
  const alone = await compare(world, world.judge, 0, model);
  return [{ ...alone, pageSaid: "unclear" }, ...points];
}

async function compare(
  world: World,
  judge: JudgeSnapshot,
  labels: number,
  model: JudgeModel,
): Promise<Omit<Point, "pageSaid">> {
  const { after, headline } = await measureOnUnseen(
    { before: world.judge, after: judge, labels: world.unseen, seed: world.name },
    { model, embeddings: null },
    CALM,
  );
  const share = (count: number | null): number => (count ?? 0) / after.n;
  return {
    labels,
    sameSide: share(after.sameSide),
    sameGrade: share(after.sameGrade),
    tooKind: share(after.tooKind),
    tooHarsh: share(after.tooHarsh),
    kappa: after.kappa?.value ?? null,
    guidelines: judge.guidelines.length,
    verdict: headline.verdict,
  };
}

/** The simulated models as the judge core asks them; another name is another world of luck. */
function sandboxModel(seed: string): JudgeModel {
  const handler = createSandboxHandler({ seed, delayMs: 0, apiKey: null });
  return {
    ask: async ({ messages, schema }, signal) => {
      const body = {
        model: "sim-judge",
        messages,
        response_format: { type: "json_schema", json_schema: { name: schema.name, schema: schema.schema } },
      };
      const reply = await handler(
        new Request("http://sandbox/v1/chat/completions", {
          method: "POST",
          body: JSON.stringify(body),
          signal,
        }),
      );
      const { choices } = (await reply.json()) as { choices: { message: { content: string } }[] };
      return { status: "answered", text: choices[0]!.message.content };
    },
  };
}

function tableOf(title: string, curves: readonly Point[][]): string {
  const sizes = curves[0]?.map(({ labels }) => labels) ?? [];
  const rows = sizes.map((labels, index) => {
    const points = curves.flatMap((points) => points[index] ?? []);
    const kappas = points.flatMap(({ kappa }) => kappa ?? []);
    const counts = (of: (point: Point) => Verdict): string =>
      labels === 0
        ? ""
        : VERDICTS.map((verdict) => points.filter((point) => of(point) === verdict).length).join(" / ");
    return [
      labels === 0 ? "instructions only" : `${labels} labels`,
      percent(points, ({ sameSide }) => sameSide),
      percent(points, ({ sameGrade }) => sameGrade),
      percent(points, ({ tooKind }) => tooKind),
      percent(points, ({ tooHarsh }) => tooHarsh),
      kappas.length === 0 ? "–" : mean(kappas).toFixed(2),
      mean(points.map(({ guidelines }) => guidelines)).toFixed(1),
      counts(({ verdict }) => verdict),
      counts(({ pageSaid }) => pageSaid),
    ];
  });
  const head = [
    "judge",
    "same side",
    "same grade",
    "too kind",
    "too harsh",
    "κ, weighted",
    "guidelines",
    "better / unclear / worse",
    "the page said",
  ];
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return `**${title}**, ${curves.length} worlds, ${UNSEEN} unseen answers each\n\n${lines.join("\n")}`;
}

/** Whether the page ever praised a judge that had become worse. */
function honesty(curves: readonly Curve[]): string {
  const points = curves.flatMap(({ points }) => points.filter(({ labels }) => labels > 0));
  const worse = points.filter(({ verdict }) => verdict === "worse");
  const praised = worse.filter(({ pageSaid }) => pageSaid === "better").length;
  return `Of ${points.length} teachings ${worse.length} agreed significantly less often on unseen answers; of these the page had called ${praised} better.`;
}

function percent(points: readonly Point[], of: (point: Point) => number): string {
  return `${Math.round(mean(points.map(of)) * 100)} %`;
}
