import { Agent, request } from "undici";

export interface Reply {
  status: number;
  ms: number;
  etag: string;
  /** Null of a 304. */
  body: { version: number; text: string; contentHash: string; alias: string | null } | null;
}

/** Asks at a fixed rate, however long answers take: a slow answer must not slow the asking down (open loop). */
export async function askAtRate(options: {
  url: string;
  key: string;
  perSecond: number;
  seconds: number;
  /** With `If-None-Match` of the last answer, as an agent that caches does. */
  isConditional: boolean;
}): Promise<Reply[]> {
  const { url, key, perSecond, seconds, isConditional } = options;
  const dispatcher = new Agent({ connections: 64, pipelining: 1 });
  const replies: Promise<Reply>[] = [];
  let etag = "";
  const start = performance.now();
  for (let sent = 0; sent < perSecond * seconds; ) {
    const due = Math.floor(((performance.now() - start) / 1000) * perSecond);
    for (; sent < Math.min(due, perSecond * seconds); sent += 1)
      replies.push(
        ask(dispatcher, url, key, isConditional ? etag : "").then((reply) => {
          etag = reply.etag;
          return reply;
        }),
      );
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
  }
  const all = await Promise.all(replies);
  await dispatcher.close();
  return all;
}

async function ask(dispatcher: Agent, url: string, key: string, etag: string): Promise<Reply> {
  const start = performance.now();
  const { statusCode, headers, body } = await request(url, {
    dispatcher,
    headers: { authorization: `Bearer ${key}`, ...(etag === "" ? {} : { "if-none-match": etag }) },
  });
  const text = await body.text();
  const ms = performance.now() - start;
  return {
    status: statusCode,
    ms,
    etag: String(headers.etag ?? ""),
    body: text === "" ? null : (JSON.parse(text) as Reply["body"]),
  };
}
