import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const REPLY_MS = 25;
const TOKENS = { prompt_tokens: 50, completion_tokens: 500 };
/** What it charges for each request at a dollar per thousand tokens. */
export const USD_A_CALL = (TOKENS.prompt_tokens + TOKENS.completion_tokens) / 1_000;
const GRADE = JSON.stringify({ rationale: "It says when to call back.", value: 4 });

export interface MeasuredEndpoint {
  url: string;
  /** When each request came, on this process's clock. */
  readonly arrivals: readonly number[];
  readonly inFlight: number;
  readonly mostInFlight: number;
  /** Requests that were answered in full. */
  readonly answered: number;
  /** The next so many are refused with 429. */
  refuse(count: number): void;
  /** While it holds, requests are taken and not answered. */
  hold(isHeld: boolean): void;
  /** Answers the one that has been held longest. */
  answerOne(): void;
  close(): void;
}

/** An endpoint that answers tasks and judges after a short while, and measures who asks. */
export async function startMeasuredEndpoint(): Promise<MeasuredEndpoint> {
  const arrivals: number[] = [];
  const held = new Set<() => void>();
  let isHeld = false;
  let inFlight = 0;
  let mostInFlight = 0;
  let answered = 0;
  let toRefuse = 0;
  const server = createServer((request, response) => {
    arrivals.push(performance.now());
    inFlight += 1;
    mostInFlight = Math.max(mostInFlight, inFlight);
    response.once("close", () => {
      inFlight -= 1;
      if (response.writableFinished && response.statusCode === 200) answered += 1;
    });
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => {
      const answer = (): void => void setTimeout(() => reply(response, body), REPLY_MS);
      if (toRefuse > 0) {
        toRefuse -= 1;
        response.writeHead(429, { "content-type": "application/json" });
        response.end(JSON.stringify({ error: { message: "Too many requests." } }));
      } else if (isHeld) held.add(answer);
      else answer();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    arrivals,
    get inFlight() {
      return inFlight;
    },
    get mostInFlight() {
      return mostInFlight;
    },
    get answered() {
      return answered;
    },
    refuse: (count) => {
      toRefuse = count;
    },
    answerOne: () => {
      const [oldest] = held;
      if (oldest === undefined) return;
      held.delete(oldest);
      oldest();
    },
    hold: (next) => {
      isHeld = next;
      if (isHeld) return;
      for (const answer of held) answer();
      held.clear();
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function reply(response: ServerResponse, body: string): void {
  const content = body.includes('"response_format"') ? GRADE : `Answer ${body.length}: call back by noon.`;
  const choices = [{ index: 0, finish_reason: "stop", message: { role: "assistant", content } }];
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ choices, usage: TOKENS }));
}
