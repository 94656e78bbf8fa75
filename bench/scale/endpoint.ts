import { createHash } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * An endpoint that costs next to nothing, so that what asks it is measured: each reply comes after `DELAY` ms and
 * follows from the request alone. `tsx bench/scale/endpoint.ts DELAY`; prints its URL, ends with its parent.
 */
const delayMs = Number(process.argv[2] ?? 200);

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => setTimeout(() => reply(response, Buffer.concat(chunks)), delayMs));
});

function reply(response: ServerResponse, body: Buffer): void {
  const digest = createHash("sha256").update(body).digest();
  const isJudge = body.includes('"response_format"');
  const grade = 1 + ((digest[0] ?? 0) % 5);
  const content = isJudge
    ? JSON.stringify({
        rationale: `Grade ${grade}, because of ${digest.toString("hex", 0, 8)}.`,
        value: grade,
      })
    : `Answer ${digest.toString("hex")}: ${"keep the caller on the line, ask what is missing, say when to call back. ".repeat(6)}`;
  const choices = [{ index: 0, finish_reason: "stop", message: { role: "assistant", content } }];
  const text = JSON.stringify({ choices, usage: { prompt_tokens: 400, completion_tokens: 120 } });
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  response.end(text);
}

server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1\n`);
});
process.on("disconnect", () => process.exit(0));
