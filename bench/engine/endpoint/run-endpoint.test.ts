import { describe, expect, test } from "vitest";
import { startFakeLlm } from "@/e2e/fake-llm/client";
import { UsageError } from "../../usage-error";
import { readEndpointOptions } from "./endpoint-options";
import { benchEndpoint } from "./run-endpoint";

const MODELS = [
  "--task-model",
  "sim-task",
  "--judge-model",
  "sim-judge",
  "--reflection-model",
  "sim-reflect",
];

test("every arm runs on an endpoint over HTTP through the headless command", {
  timeout: 180_000,
}, async () => {
  const llm = await startFakeLlm();
  try {
    const said: string[] = [];
    const table = await benchEndpoint(
      ["--endpoint", llm.url, ...MODELS, "--budgets", "45", "--repeats", "1"],
      (line) => void said.push(line),
    );
    expect(said).toHaveLength(3);
    const rows = table.split("\n").slice(2);
    expect(rows.map((row) => row.split(" | ")[0])).toEqual([
      "| reference, as the product runs it",
      "| frugal",
      "| frugal, 4 lanes",
    ]);
    for (const row of rows)
      expect(row).toMatch(/\| 45 \| 0\.\d{3} ± 0\.000 \| 0\.\d{3} ± 0\.000 \| .* \| none \|$/);
    const asked = (await llm.log()).filter(({ status }) => status === 200).length;
    expect(asked).toBeGreaterThan(3 * 45);
  } finally {
    await llm.stop();
  }
});

describe("options", () => {
  test("models are asked for by name, own data is taken whole", () => {
    expect(() => readEndpointOptions(["--endpoint", "http://x/v1", ...MODELS.slice(2)])).toThrow(
      "--endpoint needs --task-model too.",
    );
    const given = ["--endpoint", "http://x/v1", ...MODELS];
    expect(() => readEndpointOptions([...given, "--records", "a.jsonl"])).toThrow(/needs all of --records/);
    expect(() => readEndpointOptions([...given, "--worlds", "3"])).toThrow(UsageError);
    expect(readEndpointOptions(given)).toMatchObject({ data: null, budgets: [75], repeats: 3 });
  });
});
