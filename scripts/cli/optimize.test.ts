import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { startFakeLlm } from "@/e2e/fake-llm/client";
import type { HeadlessResult } from "@/lib/services/headless/result";
import { writeClinicFiles } from "@/lib/services/headless/testing/clinic-files";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const { folder, args } = writeClinicFiles();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const KEYS = [
  "bestPrompt",
  "initialScore",
  "finalScore",
  "holdout",
  "metricCalls",
  "llmCalls",
  "candidates",
  "wallMs",
  "stopReason",
  "failures",
];
const MODELS = [
  "--task-model",
  "sim-task",
  "--judge-model",
  "sim-judge",
  "--reflection-model",
  "sim-reflect",
];

describe("npm run optimize, as a process of its own", { timeout: 240_000 }, () => {
  it("prints one JSON object on stdout and nothing else; simulated models are said on stderr", async () => {
    const { code, stdout, stderr } = await run([...args, "--json"]);
    expect(code).toBe(0);
    expect(Object.keys(JSON.parse(stdout) as object)).toEqual(KEYS);
    expect(stderr).toContain("Simulated models:");
  });

  it("works against an endpoint over HTTP with a key, through 429s on the way", async () => {
    const llm = await startFakeLlm({ key: "secret-key" });
    try {
      await llm.control({ share: { every: 9, fault: { kind: "status", status: 429, retryAfterMs: 1 } } });
      const given = [
        ...args,
        "--base-url",
        llm.url,
        ...MODELS,
        "--holdout",
        "0",
        "--max-metric-calls",
        "40",
        "--json",
      ];
      const { code, stdout, stderr } = await run(given, { OPENAI_API_KEY: "secret-key" });
      const { llmCalls, holdout } = JSON.parse(stdout) as {
        llmCalls: Record<string, number>;
        holdout: unknown;
      };
      const log = await llm.log();
      expect([0, 3]).toContain(code);
      expect(holdout).toBeNull();
      expect(log.filter(({ status }) => status === 429).length).toBeGreaterThan(3);
      const answered = (model: string) =>
        log.filter((entry) => entry.model === model && entry.status === 200).length;
      expect(llmCalls).toEqual({
        task: answered("sim-task"),
        judge: answered("sim-judge"),
        reflection: answered("sim-reflect"),
      });
      expect(stderr).not.toContain("secret-key");
      expect(stderr).not.toContain("Simulated models:");
    } finally {
      await llm.stop();
    }
  });

  it("ends within its budget through 5 % 429, 5 % 500 and 3 % malformed replies, and counts every one", async () => {
    const llm = await startFakeLlm({ seed: "bad weather" });
    try {
      await llm.control({
        rates: [
          { rate: 0.05, fault: { kind: "status", status: 429, retryAfterMs: 1 } },
          { rate: 0.05, fault: { kind: "status", status: 500 } },
          { rate: 0.015, fault: { kind: "garbage" } },
          { rate: 0.015, fault: { kind: "nonsense" } },
        ],
      });
      const given = [...args, "--base-url", llm.url, ...MODELS, "--max-metric-calls", "150", "--json"];
      const { code, stdout } = await run(given);
      const { metricCalls, stopReason, failures, holdout } = JSON.parse(stdout) as HeadlessResult;
      const log = await llm.log();
      expect([0, 3]).toContain(code);
      expect(["budget", "solved", "no-improvement"]).toContain(stopReason);
      expect(metricCalls).toBeLessThanOrEqual(150);
      expect(holdout!.n + failures.holdout).toBe(7);
      const sent = (model: string, fault: string, status: number) =>
        log.filter((entry) => entry.model === model && entry.fault === fault && entry.status === status)
          .length;
      for (const [role, model] of Object.entries({
        task: "sim-task",
        judge: "sim-judge",
        reflection: "sim-reflect",
      })) {
        const {
          "rate-limited": tooMany = 0,
          server = 0,
          "bad-reply": unreadable = 0,
        } = failures.calls[role as keyof typeof failures.calls];
        expect([role, tooMany, server, unreadable]).toEqual([
          role,
          sent(model, "status", 429),
          sent(model, "status", 500),
          sent(model, "garbage", 200),
        ]);
      }
      const nonsense = sent("sim-judge", "nonsense", 200);
      expect(failures.repairs.judge > 0).toBe(nonsense > 0);
      expect(log.filter(({ fault }) => fault !== null).length / log.length).toBeGreaterThan(0.05);
    } finally {
      await llm.stop();
    }
  });

  it("takes the best so far on an interrupt, and says so", async () => {
    const llm = await startFakeLlm({ delayMs: 100 });
    try {
      const given = [...args, "--base-url", llm.url, ...MODELS, "--json"];
      const { code, stdout, stderr } = await run(given, {}, { interruptAt: "scored answers" });
      const result = JSON.parse(stdout) as {
        stopReason: string;
        metricCalls: number;
        holdout: { n: number };
      };
      expect([0, 3]).toContain(code);
      expect(stderr).toContain("Stopping:");
      expect(result).toMatchObject({ stopReason: "user", holdout: { n: 7 } });
      expect(result.metricCalls).toBeLessThan(75);
    } finally {
      await llm.stop();
    }
  });

  it("ends with 2 on bad input, with nothing on stdout", async () => {
    const { code, stdout, stderr } = await run([...args.slice(2), "--records", "nowhere.jsonl", "--json"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("--records nowhere.jsonl cannot be read: there is no such file.");
  });
});

function run(
  given: string[],
  env: Record<string, string> = {},
  { interruptAt }: { interruptAt?: string } = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const command = ["--import", "tsx", "--conditions=react-server", "scripts/cli/optimize.ts", ...given];
  const child = spawn(process.execPath, command, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    const isDue = interruptAt !== undefined && !stderr.includes(interruptAt);
    stderr += chunk.toString();
    if (isDue && stderr.includes(interruptAt)) child.kill("SIGINT");
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}
