import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { quantile } from "@/lib/util/math";
import { askAtRate, type Reply } from "./load";
import { type BenchServer, startBuiltServer } from "./server";

const MOST_P99_MS = 15;
const MOST_MEDIAN_304_MS = 5;
const OWNER = { name: "Jo", email: "jo@example.test", password: "long-enough-password" };

/**
 * `npm run bench -- prompt-api [--rate 200] [--seconds 20]`: reads of a prompt by its alias over loopback, full and
 * conditional, while the alias moves every second; and whether any answer mixes two versions.
 */
export async function runPromptApiBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { rate: { type: "string", default: "200" }, seconds: { type: "string", default: "20" } },
  });
  const load = { perSecond: Number(values.rate), seconds: Number(values.seconds) };
  const server = await startBuiltServer();
  try {
    const owner = await setUp(server);
    const url = `${server.url}/api/v1/prompts/${owner.promptName}@production`;
    const { key } = owner;
    await askAtRate({ url, key, ...load, seconds: 3, isConditional: false });
    const full = await askAtRate({ url, key, ...load, isConditional: false });
    const known = await askAtRate({ url, key, ...load, isConditional: true });
    const mover = moveEverySecond(owner);
    const moving = await askAtRate({ url, key, ...load, isConditional: true });
    const moves = await mover.stop();
    report({
      full,
      known,
      moving,
      moves,
      mixed: moving.filter((reply) => !isWhole(reply, owner.texts)),
      load,
    });
  } finally {
    await server.stop();
  }
}

interface Owner {
  promptName: string;
  key: string;
  /** Text of each version by its number. */
  texts: ReadonlyMap<number, string>;
  send(method: string, path: string, body?: unknown): Promise<unknown>;
}

/** The sample, a second version in production, and a key for an agent. */
async function setUp({ url, setupToken }: BenchServer): Promise<Owner> {
  let cookie = "";
  const send = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { cookie, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) cookie = line.split(";")[0] ?? cookie;
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return text === "" ? null : JSON.parse(text);
  };
  await send("POST", "/api/v1/setup", { token: setupToken, ...OWNER });
  const { id: projectId } = (await send("POST", "/api/v1/projects/sample", {})) as { id: string };
  const { items } = (await send("GET", `/api/v1/projects/${projectId}/prompts`)) as {
    items: { id: string; name: string; versions: { version: number; text: string }[] }[];
  };
  const [prompt] = items;
  if (!prompt) throw new Error("the sample has no prompt");
  const first = prompt.versions[0]?.text ?? "";
  const second = `${first}\n\nAlways include the sample size.`;
  await promote(send, projectId, prompt.id, second);
  const made = (await send("POST", `/api/v1/projects/${projectId}/keys`, {
    name: "bench",
    scopes: ["prompts:read"],
  })) as { secret: string };
  return {
    promptName: prompt.name,
    key: made.secret,
    texts: new Map([
      [1, first],
      [2, second],
    ]),
    send,
  };
}

/** Scores the sealed records and promotes, with an override where the evidence is short: here only the move matters. */
async function promote(
  send: Owner["send"],
  projectId: string,
  promptId: string,
  text: string,
): Promise<void> {
  interface Review {
    id: string;
    evidence: null | {
      state: string;
      losses: { recordId: string; confirmed: boolean }[];
      critical: { cases: { recordId: string }[] };
    };
  }
  const { id } = (await send("POST", `/api/v1/projects/${projectId}/reviews`, {
    promptId,
    components: { system: text },
  })) as Review;
  await send("POST", `/api/v1/reviews/${id}/evidence`);
  let review: Review;
  do review = (await send("GET", `/api/v1/reviews/${id}`)) as Review;
  while (["queued", "running"].includes(review.evidence?.state ?? ""));
  const open = [
    ...(review.evidence?.losses.filter(({ confirmed }) => confirmed) ?? []),
    ...(review.evidence?.critical.cases ?? []),
  ];
  for (const { recordId } of open)
    await send("POST", `/api/v1/reviews/${id}/accept-regression`, { recordId, reason: "bench" });
  await send("POST", `/api/v1/reviews/${id}/promote`, {
    expectedCurrent: 1,
    reason: "bench",
    override: true,
  });
}

/** Moves the alias back and forth, once a second: each move is a compare-and-set with its line in the history. */
function moveEverySecond({ promptName, send }: Owner) {
  let current = 2;
  let moves = 0;
  let isOver = false;
  const loop = (async () => {
    while (!isOver) {
      const toVersion = current === 2 ? 1 : 2;
      const body = { toVersion, expectedCurrent: current, reason: "bench" };
      await send("POST", `/api/v1/prompts/${promptName}/aliases/production/rollback`, body);
      current = toVersion;
      moves += 1;
      await new Promise((resolve) => {
        setTimeout(resolve, 1_000);
      });
    }
  })();
  return {
    stop: async (): Promise<number> => {
      isOver = true;
      await loop;
      return moves;
    },
  };
}

/** Version, text, hash and entity tag of one answer belong together; a 304 names a version that exists. */
function isWhole({ status, body, etag }: Reply, texts: ReadonlyMap<number, string>): boolean {
  if (status === 304) return /-v[12]"$/.test(etag);
  return (
    status === 200 &&
    body !== null &&
    body.text === texts.get(body.version) &&
    body.alias === "production" &&
    etag === `"${body.contentHash}-production-v${body.version}"`
  );
}

interface Measured {
  full: readonly Reply[];
  known: readonly Reply[];
  moving: readonly Reply[];
  moves: number;
  mixed: readonly Reply[];
  load: { perSecond: number; seconds: number };
}

function report({ full, known, moving, moves, mixed, load }: Measured): void {
  const notModified = known.filter(({ status }) => status === 304);
  const versions = new Set(moving.flatMap(({ body }) => body?.version ?? []));
  const rows = [
    ["full answers", full],
    ["If-None-Match, 304", notModified],
    ["while the alias moves every second", moving],
  ] as const;
  const text = [
    `${load.perSecond} requests a second for ${load.seconds} s each, over loopback, one Node process.`,
    "",
    "| | answers | median ms | p95 ms | p99 ms | slowest ms |",
    `|${" --- |".repeat(6)}`,
    ...rows.map(([name, replies]) => {
      const times = replies.map(({ ms }) => ms);
      const at = (q: number): string => quantile(times, q).toFixed(1);
      return `| ${name} | ${replies.length} | ${at(0.5)} | ${at(0.95)} | ${at(0.99)} | ${at(1)} |`;
    }),
    "",
    `${moves} moves of the alias, versions seen: ${[...versions].sort().join(", ")}; answers that mix two versions: ${mixed.length}.`,
  ].join("\n");
  console.log(text);
  const folder = join(import.meta.dirname, "../results");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "prompt-api.md"), `${text}\n`);
  const p99 = quantile(
    full.map(({ ms }) => ms),
    0.99,
  );
  const median = quantile(
    notModified.map(({ ms }) => ms),
    0.5,
  );
  console.log(
    `\np99 of full answers ${p99.toFixed(1)} ms (at most ${MOST_P99_MS}), median of 304 ${median.toFixed(1)} ms (at most ${MOST_MEDIAN_304_MS}).`,
  );
  if (p99 > MOST_P99_MS || median > MOST_MEDIAN_304_MS || mixed.length > 0) process.exitCode = 1;
}
