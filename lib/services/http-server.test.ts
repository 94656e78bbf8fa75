import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createHttpServerWatch, type HttpServerWatch } from "./http-server";

const HSTS = "strict-transport-security";
let watch: HttpServerWatch | undefined;
let server: Server | undefined;
afterEach(() => {
  watch?.stop();
  server?.closeAllConnections();
  server?.close();
});

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answer: RequestListener = (_, response) => void response.end("ok");

describe("HSTS", () => {
  it("is on every answer when the public address is under https", async () => {
    watch = createHttpServerWatch({ TOUCHSTONE_TRUST_PROXY: false, TOUCHSTONE_URL: "https://t.example" });
    const { headers } = await fetch(await serve(answer));
    expect(headers.get(HSTS)).toBe("max-age=31536000");
  });

  it("is on an answer through a trusted proxy with TLS, and on no other", async () => {
    watch = createHttpServerWatch({ TOUCHSTONE_TRUST_PROXY: true, TOUCHSTONE_URL: undefined });
    const url = await serve(answer);
    const sent = async (proto: string) =>
      (await fetch(url, { headers: { "x-forwarded-proto": proto } })).headers.get(HSTS);
    expect([await sent("https"), await sent("http")]).toEqual(["max-age=31536000", null]);
    watch.stop();
    watch = createHttpServerWatch({ TOUCHSTONE_TRUST_PROXY: false, TOUCHSTONE_URL: undefined });
    expect(await sent("https")).toBeNull();
  });
});

describe("a tidy stop", () => {
  it("answers what is open, takes nothing further, and tells how long answers took", async () => {
    watch = createHttpServerWatch({ TOUCHSTONE_TRUST_PROXY: false, TOUCHSTONE_URL: undefined });
    const held = Promise.withResolvers<() => void>();
    const url = await serve((_, response) => held.resolve(() => void response.end("late, but whole")));
    const asked = fetch(`${url}/api/v1/labels`).then((response) => response.text());
    const finish = await held.promise;
    expect(watch.openCount()).toBe(1);
    const drained = watch.drain(60_000);
    await expect(fetch(url)).rejects.toThrow();
    finish();
    expect(await asked).toBe("late, but whole");
    await drained;
    expect(watch.openCount()).toBe(0);
    expect(watch.times.list()).toMatchObject([{ route: "/api/v1/labels", status: "2xx", count: 1 }]);
  });

  it("does not wait longer than it may", async () => {
    watch = createHttpServerWatch({ TOUCHSTONE_TRUST_PROXY: false, TOUCHSTONE_URL: undefined });
    const begun = Promise.withResolvers<void>();
    const asked = fetch(await serve(() => begun.resolve())).catch(() => "cut");
    await begun.promise;
    await watch.drain(10);
    server?.closeAllConnections();
    expect(await asked).toBe("cut");
  });
});
