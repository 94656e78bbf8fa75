import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { saveAgentInput } from "@/lib/contracts/targets";
import { agentDraftOf, agentInputOf } from "./agent-form";
import { agentSnippets } from "./agent-snippets";

it("the form as it opens only lacks an address; stored header values stay when left empty", () => {
  const draft = { ...agentDraftOf(null), url: "http://127.0.0.1:8787/" };
  expect(saveAgentInput.parse(agentInputOf(draft))).toMatchObject({
    replyPointer: "/text",
    timeoutMs: 60_000,
  });
  const headers = [{ key: 0, name: "authorization", value: "", isStored: true }];
  expect(agentInputOf({ ...draft, headers }).headers).toEqual([{ name: "authorization" }]);
  expect(saveAgentInput.safeParse(agentInputOf({ ...draft, maxConcurrency: "many" })).success).toBe(false);
});

it("the TypeScript adapter runs as it is printed, and answers in the shape that the form expects", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "touchstone-adapter-"));
  const port = await freePort();
  await writeFile(path.join(folder, "adapter.ts"), agentSnippets[0]?.code ?? "");
  await writeFile(
    path.join(folder, "my-agent.ts"),
    "export const answer = async (system: string, messages: { content: string }[], { dryRun }: { dryRun: boolean }) => ({ text: [system, messages[0]?.content, dryRun].join(String.fromCharCode(124)) });\n",
  );
  const child = spawn(process.execPath, ["adapter.ts"], {
    cwd: folder,
    env: { ...process.env, PORT: String(port) },
  });
  try {
    const body = JSON.stringify({
      messages: [{ role: "user", content: "Why?" }],
      fields: { team: "the staff" },
      prompts: { system: "Help {{ team }}.", style: "Be short." },
      dry_run: true,
    });
    const ask = async (): Promise<unknown> =>
      (await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body })).json();
    const reply = await expect
      .poll(() => ask().catch(() => null), { timeout: 20_000 })
      .toMatchObject({ text: "Help the staff.\n\nBe short.|Why?|true" })
      .then(ask);
    expect(reply).toMatchObject({ steps: [], usage: {} });
  } finally {
    child.kill();
    await rm(folder, { recursive: true, force: true });
  }
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
