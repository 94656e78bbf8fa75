import { createHash } from "node:crypto";
import { appendFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createSandboxHandler } from "@/lib/sandbox/handler";
import { askedText, type FakeLlmControl, type Fault, type LogEntry } from "./protocol";

/**
 * A fake OpenAI endpoint in a process of its own: the simulated models over HTTP, with faults on demand and a log of
 * every request. `tsx e2e/fake-llm/server.ts [--port N] [--seed S] [--delay MS] [--key K] [--log FILE]`; prints one line of JSON,
 * `{"url": "http://127.0.0.1:PORT/v1"}`, when it listens. Control: POST /__control, GET /__log, POST /__reset.
 */
const options = readOptions(process.argv.slice(2));
const handler = createSandboxHandler({ seed: options.seed, delayMs: options.delayMs, apiKey: options.key });
const NO_FAULTS: FakeLlmControl = { next: [], share: null, rates: [] };
let control = NO_FAULTS;
let log: LogEntry[] = [];
const hanging = new Set<ServerResponse>();

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    if (!response.headersSent) sendJson(response, 500, { error: { message: String(error) } });
    else response.destroy();
  });
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request);
  const path = new URL(request.url ?? "/", "http://localhost").pathname;
  if (path === "/__log") return sendJson(response, 200, log);
  if (path === "/__reset") {
    control = NO_FAULTS;
    log = [];
    for (const one of hanging) one.destroy();
    return sendJson(response, 200, {});
  }
  if (path === "/__control") {
    control = { ...control, ...(JSON.parse(body) as Partial<FakeLlmControl>) };
    return sendJson(response, 200, control);
  }
  const entry = record(path, request, body);
  const fault = faultFor(entry);
  entry.fault = fault?.kind ?? null;
  if (fault === null) return pass(request, response, path, body, entry);
  entry.status = statusOf(fault);
  writeLog(entry);
  misbehave(fault, response);
}

/** Planned faults first, in order; then every n-th call of a share, then by chance. The list of models is never disturbed. */
function faultFor(entry: LogEntry): Fault | null {
  if (entry.path.endsWith("/models")) return null;
  const [planned, ...later] = control.next;
  if (planned) {
    control = { ...control, next: later };
    return planned.kind === "ok" ? null : planned;
  }
  const { share } = control;
  if (share && log.length % share.every === 0) return share.fault;
  return drawnFault(entry);
}

function drawnFault({ hash }: LogEntry): Fault | null {
  if (control.rates.length === 0) return null;
  const before = log.filter((other) => other.hash === hash).length;
  const word = createHash("sha256").update(`${hash} ${before}`).digest().readUInt32BE();
  let left = word / 2 ** 32;
  for (const { rate, fault } of control.rates) {
    if (left < rate) return fault;
    left -= rate;
  }
  return null;
}

function statusOf(fault: Fault): number {
  if (fault.kind === "status") return fault.status;
  return fault.kind === "garbage" || fault.kind === "nonsense" ? 200 : 0;
}

function misbehave(fault: Fault, response: ServerResponse): void {
  switch (fault.kind) {
    case "status": {
      const headers: Record<string, string> =
        fault.retryAfterMs === undefined ? {} : { "retry-after-ms": String(fault.retryAfterMs) };
      sendJson(
        response,
        fault.status,
        { error: { message: fault.message ?? `planned ${fault.status}` } },
        headers,
      );
      return;
    }
    case "garbage":
      response.writeHead(200, { "content-type": "application/json" });
      response.end('{"choices": [{"message": ');
      return;
    case "nonsense": {
      const message = { role: "assistant", content: "Well, that is hard to say." };
      sendJson(response, 200, { choices: [{ index: 0, finish_reason: "stop", message }] });
      return;
    }
    case "cut":
      response.destroy();
      return;
    case "hang":
      hanging.add(response);
      response.on("close", () => hanging.delete(response));
      return;
    case "drip": {
      response.writeHead(200, { "content-type": "application/json" });
      const drops = setInterval(() => response.write(" "), 100);
      response.on("close", () => clearInterval(drops));
      return;
    }
    case "ok":
      return;
  }
}

async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  body: string,
  entry: LogEntry,
): Promise<void> {
  const aborter = new AbortController();
  response.on("close", () => aborter.abort(new Error("the caller hung up")));
  const headers = new Headers();
  for (const name of ["authorization", "x-touchstone-sample"]) {
    const value = request.headers[name];
    if (typeof value === "string") headers.set(name, value);
  }
  const method = request.method ?? "GET";
  const init = { method, headers, signal: aborter.signal, ...(method === "GET" ? {} : { body }) };
  const reply = await handler(new Request(`http://localhost${path}`, init));
  entry.status = reply.status;
  // Written before the reply leaves: after a kill of the caller the log holds all that was answered.
  writeLog(entry);
  response.writeHead(reply.status, { "content-type": "application/json" });
  response.end(await reply.text());
}

function record(path: string, request: IncomingMessage, body: string): LogEntry {
  const model = /"model"\s*:\s*"([^"]*)"/.exec(body)?.[1] ?? null;
  const sample = String(request.headers["x-touchstone-sample"] ?? "0");
  const hash = createHash("sha256").update(`${path}\n${sample}\n${body}`).digest("hex");
  const asked = createHash("sha256")
    .update(askedText(Number(sample), messagesOf(body)))
    .digest("hex");
  const entry: LogEntry = { at: Date.now(), path, model, hash, asked, status: 0, fault: null };
  log.push(entry);
  return entry;
}

function messagesOf(body: string): { role: string; content: unknown }[] {
  if (body === "") return [];
  return (JSON.parse(body) as { messages?: { role: string; content: unknown }[] }).messages ?? [];
}

function writeLog(entry: LogEntry): void {
  if (options.logFile !== null) appendFileSync(options.logFile, `${JSON.stringify(entry)}\n`);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

function readOptions(args: readonly string[]): {
  port: number;
  seed: string;
  delayMs: number;
  key: string | null;
  logFile: string | null;
} {
  const value = (name: string): string | null => {
    const index = args.indexOf(`--${name}`);
    return index < 0 ? null : (args[index + 1] ?? null);
  };
  return {
    port: Number(value("port") ?? 0),
    seed: value("seed") ?? "1",
    delayMs: Number(value("delay") ?? 0),
    key: value("key"),
    logFile: value("log"),
  };
}

server.listen(options.port, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}/v1` })}\n`);
});
process.on("SIGTERM", () => process.exit(0));
process.on("disconnect", () => process.exit(0));
