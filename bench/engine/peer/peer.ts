import { execFile, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { z } from "zod";
import type { Candidate } from "@/lib/gepa/types";
import { UsageError } from "../../usage-error";

const candidateSchema = z.record(z.string(), z.string());
const messageSchema = z.discriminatedUnion("op", [
  z.object({
    op: z.literal("evaluate"),
    jobs: z.array(z.object({ candidate: candidateSchema, exampleId: z.string() })),
  }),
  z.object({ op: z.literal("reflect"), prompt: z.string() }),
  z.object({
    op: z.literal("done"),
    candidates: z.array(candidateSchema),
    best: z.number(),
    metricCalls: z.number(),
  }),
  z.object({ op: z.literal("failed"), message: z.string() }),
]);

export interface PeerRequest {
  seedCandidate: Candidate;
  trainset: readonly { id: string; inputs: string }[];
  /** Null: the trainset is the valset. */
  valset: readonly { id: string; inputs: string }[] | null;
  maxMetricCalls: number;
  useMerge: boolean;
  seed: number;
}

/** What the peer asks of the world while it runs. */
export interface PeerWorld {
  evaluate(jobs: readonly { candidate: Candidate; exampleId: string }[]): { score: number }[];
  reflect(prompt: string): string;
}

export interface PeerResult {
  candidates: readonly Candidate[];
  best: number;
  /** As the peer counts them. */
  metricCalls: number;
}

/** The published implementation in a Python process of its own; one run at a time. */
export interface Peer {
  run(request: PeerRequest, world: PeerWorld): Promise<PeerResult>;
  close(): void;
}

const SCRIPT = join(import.meta.dirname, "gepa_peer.py");
/** The library walks sets of strings: without a fixed hash seed its order changes from process to process. */
const ENV = { ...process.env, PYTHONHASHSEED: "0", PYTHONUNBUFFERED: "1" };

/** The version that this Python would run. Throws with what to do when it has none. */
export async function peerVersion(python: string): Promise<string> {
  const code = "import gepa, importlib.metadata as m; print(m.version('gepa'))";
  try {
    const { stdout } = await promisify(execFile)(python, ["-c", code], { env: ENV });
    return stdout.trim();
  } catch (error) {
    const said = error instanceof Error ? error.message.trim().split("\n").at(-1) : String(error);
    throw new UsageError(
      `${python} cannot import gepa (${said}). Install it with “${python} -m pip install gepa”, or name another interpreter with --python.`,
    );
  }
}

/** `script` is what the interpreter runs; another one in tests. */
export function startPeer(python: string, script = SCRIPT): Peer {
  const child = spawn(python, [script], { env: ENV, stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<never>((_, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`${python} ended with ${code}.`)));
  });
  ended.catch(() => {}); // met again by whoever waits for a line
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const send = (message: unknown): void => void child.stdin.write(`${JSON.stringify(message)}\n`);
  const receive = async (): Promise<z.infer<typeof messageSchema>> => {
    const line = await Promise.race([lines.next(), ended]);
    if (line.done) return ended;
    return messageSchema.parse(JSON.parse(line.value));
  };
  return {
    async run(request, world) {
      send(request);
      for (;;) {
        const message = await receive();
        if (message.op === "evaluate") send({ rollouts: world.evaluate(message.jobs) });
        else if (message.op === "reflect") send({ text: world.reflect(message.prompt) });
        else if (message.op === "failed") throw new Error(`gepa failed: ${message.message}`);
        else return message;
      }
    },
    close: () => child.stdin.end(),
  };
}
