import "server-only";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { singleton } from "@/lib/util/singleton";
import type { Env } from "./env";
import { noteAddress } from "./http-address";
import { createRequestTimes, type RequestTimes } from "./request-times";

const YEAR_S = 31_536_000;

/** What is known of the HTTP server that Next made: it gives out no handle, but Node tells of every request. */
export interface HttpServerWatch {
  /** How long answers took, for the metrics. */
  times: RequestTimes;
  /** Requests that are being answered now; open event streams among them. */
  openCount(): number;
  /** Takes no further connection and resolves when what is open has been answered, at the latest after `maxMs`. */
  drain(maxMs: number): Promise<void>;
  /** Ends the watch; for tests. */
  stop(): void;
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  server: Server;
}

/** The watch of this process, from its first call on. */
export function watchHttpServer(
  env: Pick<Env, "TOUCHSTONE_TRUST_PROXY" | "TOUCHSTONE_URL">,
): HttpServerWatch {
  return singleton("http-server", () => createHttpServerWatch(env));
}

/** Before anything reads a request: where it comes from is noted, and behind TLS every answer says so (HSTS). */
export function createHttpServerWatch(
  env: Pick<Env, "TOUCHSTONE_TRUST_PROXY" | "TOUCHSTONE_URL">,
): HttpServerWatch {
  const open = new Set<ServerResponse>();
  const servers = new Set<Server>();
  const times = createRequestTimes();
  const onStart = (message: unknown): void => {
    const { request, response, server } = message as Exchange;
    noteAddress(request, env.TOUCHSTONE_TRUST_PROXY);
    if (isBehindTls(request, env)) response.setHeader("Strict-Transport-Security", `max-age=${YEAR_S}`);
    servers.add(server);
    open.add(response);
    const { method = "", url = "" } = request;
    const startMs = performance.now();
    response.once("close", () => {
      open.delete(response);
      times.note({ method, url, status: response.statusCode, durationMs: performance.now() - startMs });
    });
  };
  subscribe("http.server.request.start", onStart);
  return {
    times,
    openCount: () => open.size,
    drain: (maxMs) => drained(servers, open, maxMs),
    stop: () => void unsubscribe("http.server.request.start", onStart),
  };
}

/** `X-Forwarded-Proto` is still there only when a trusted proxy wrote it. */
function isBehindTls(request: IncomingMessage, { TOUCHSTONE_URL }: Pick<Env, "TOUCHSTONE_URL">): boolean {
  const proto = String(request.headers["x-forwarded-proto"] ?? "").split(",");
  return TOUCHSTONE_URL?.startsWith("https:") === true || proto.at(-1)?.trim() === "https";
}

async function drained(
  servers: ReadonlySet<Server>,
  open: ReadonlySet<ServerResponse>,
  maxMs: number,
): Promise<void> {
  for (const server of servers) {
    server.close();
    server.closeIdleConnections();
  }
  const answers = [...open].map(
    (response) => new Promise<void>((resolve) => response.once("close", resolve)),
  );
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, maxMs);
  });
  await Promise.race([Promise.all(answers), patience]);
  clearTimeout(timer);
}
