import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { emptyRunView } from "@/lib/contracts/fold-run-event";
import type { RunEvent, RunEventBody } from "@/lib/contracts/run-events";
import type { RunSnapshot } from "@/lib/contracts/runs";
import { ApiProblem, apiFetch, fieldErrorOf, wordsOf } from "./api-fetch";
import { followAlone } from "./own-stream";
import { createQueryClient } from "./query-client";
import { applyFrame, newerSnapshot } from "./runs-live";

afterEach(() => vi.unstubAllGlobals());

async function problemOf(work: Promise<unknown>): Promise<ApiProblem> {
  return work.then(
    () => Promise.reject(new Error("it was answered")),
    (error) => (error instanceof ApiProblem ? error : Promise.reject(error)),
  );
}

describe("apiFetch", () => {
  it("sends JSON with its headers, and checks the answer", async () => {
    const fetch = vi.fn(async () => Response.json({ id: "t1" }));
    vi.stubGlobal("fetch", fetch);
    const schema = z.object({ id: z.string() });
    const answer = await apiFetch("/api/v1/things", {
      method: "PATCH",
      schema,
      body: { name: "x" },
      ifMatch: 3,
      idempotencyKey: "k",
      query: { q: "a b", none: undefined, empty: "", limit: 5 },
    });
    expect(answer).toEqual({ id: "t1" });
    const [url, init] = fetch.mock.calls[0] as unknown as [string, RequestInit & { headers: Headers }];
    expect(url).toBe("/api/v1/things?q=a+b&limit=5");
    expect([init.method, init.body]).toEqual(["PATCH", '{"name":"x"}']);
    expect(Object.fromEntries(init.headers)).toMatchObject({
      "content-type": "application/json",
      "if-match": '"3"',
      "idempotency-key": "k",
    });
  });

  it("turns problem+json into words, code, fields and extra", async () => {
    const problem = {
      type: "t",
      title: "t",
      status: 412,
      code: "edit-conflict",
      detail: "Someone was faster.",
      errors: [{ path: "name", message: "is taken" }],
      extra: { current: { revision: 4 } },
      requestId: "r",
    };
    vi.stubGlobal("fetch", async () => Response.json(problem, { status: 412 }));
    const error = await problemOf(apiFetch("/x"));
    expect(error).toMatchObject({ code: "edit-conflict", status: 412, extra: { current: { revision: 4 } } });
    expect([
      wordsOf(error),
      fieldErrorOf(error, "name"),
      fieldErrorOf(error, "other"),
      fieldErrorOf(new Error(), "name"),
    ]).toEqual(["Someone was faster.", "is taken", null, null]);
  });

  it("says when the server is away, answers without words, or in a form that the page does not know", async () => {
    vi.stubGlobal("fetch", async () => Promise.reject(new TypeError("fetch failed")));
    expect((await problemOf(apiFetch("/x"))).code).toBe("offline");
    vi.stubGlobal("fetch", async () => new Response("<html>", { status: 502 }));
    expect(await problemOf(apiFetch("/x"))).toMatchObject({ code: "internal", status: 502 });
    vi.stubGlobal("fetch", async () => Response.json({ other: 1 }));
    expect((await problemOf(apiFetch("/x", { schema: z.object({ id: z.string() }) }))).code).toBe("internal");
  });

  it("an abort stays an abort", async () => {
    const controller = new AbortController();
    controller.abort(new DOMException("gone", "AbortError"));
    vi.stubGlobal("fetch", async () => Promise.reject(controller.signal.reason));
    await expect(apiFetch("/x", { signal: controller.signal })).rejects.toMatchObject({ name: "AbortError" });
  });

  it("only what may be better next time is asked again", () => {
    const retry = createQueryClient().getDefaultOptions().queries?.retry as (
      failures: number,
      error: unknown,
    ) => boolean;
    const problem = (code: ApiProblem["code"], status: number) =>
      new ApiProblem({ code, status, detail: "" });
    expect([
      retry(0, problem("offline", 0)),
      retry(1, problem("internal", 500)),
      retry(2, problem("offline", 0)),
      retry(0, problem("forbidden", 403)),
      retry(0, new Error()),
    ]).toEqual([true, true, false, false, false]);
  });
});

const eventsOf = (bodies: RunEventBody[], from = 1): RunEvent[] =>
  bodies.map((body, index) => ({ v: 1, runId: "run_1", seq: from + index, at: 1, body }));
const run = { id: "run_1", state: "queued", view: emptyRunView("run_1", 75) } as unknown as RunSnapshot;

describe("applyFrame", () => {
  it("folds batches, and says what the state is by then", () => {
    const after = applyFrame(
      run,
      "run-events",
      eventsOf([
        { type: "phase-changed", phase: "seed" },
        { type: "budget-updated", metricCalls: 4, reserved: 0, maxMetricCalls: 75, reflections: 1 },
      ]),
    );
    expect(after).toMatchObject({ state: "running", view: { lastSeq: 2, metricCalls: 4 } });
    const paused = applyFrame(
      after as RunSnapshot,
      "run-events",
      eventsOf([{ type: "paused", cause: "x", byPerson: true }], 3),
    );
    expect(paused?.state).toBe("paused");
    expect(applyFrame(paused as RunSnapshot, "run-ended", { state: "done" })?.state).toBe("done");
  });
  it("a hole, an unknown form or an unknown frame asks for the snapshot", () => {
    expect(applyFrame(run, "run-events", eventsOf([{ type: "phase-changed", phase: "seed" }], 5))).toBeNull();
    expect(applyFrame(run, "run-events", [{ seq: 1 }])).toBeNull();
    expect(applyFrame(run, "stream-error", { code: "forbidden" })).toBeNull();
  });
});

describe("newerSnapshot", () => {
  const at = (lastSeq: number, state: RunSnapshot["state"]): RunSnapshot => ({
    ...run,
    state,
    view: { ...run.view, lastSeq },
  });
  it("the stream told of the pause before the answer to Pause was here: paused it stays", () => {
    const shown = at(9, "paused");
    expect(newerSnapshot(shown, at(8, "running"))).toBe(shown);
  });
  it("an answer that knows as much or more is shown", () => {
    const paused = at(8, "paused");
    expect(newerSnapshot(at(8, "queued"), paused)).toBe(paused);
    expect(newerSnapshot(undefined, paused)).toBe(paused);
  });
  it("an end holds, whichever of the two tells of it", () => {
    expect(newerSnapshot(at(9, "running"), at(8, "cancelled"))).toMatchObject({
      state: "cancelled",
      view: { lastSeq: 9 },
    });
    const over = at(9, "done");
    expect(newerSnapshot(over, at(9, "running"))).toBe(over);
  });
  it("a run that failed is queued again by Resume", () => {
    const queued = at(9, "queued");
    expect(newerSnapshot(at(9, "failed"), queued)).toBe(queued);
  });
});

describe("followAlone", () => {
  class FakeEventSource {
    static readonly CLOSED = 2;
    static open: FakeEventSource[] = [];
    readyState = 1;
    onopen: (() => void) | null = null;
    onerror: (() => void) | null = null;
    readonly listeners = new Map<string, (message: { data: string }) => void>();
    constructor(readonly url: string) {
      FakeEventSource.open.push(this);
    }
    addEventListener(event: string, listener: (message: { data: string }) => void) {
      this.listeners.set(event, listener);
    }
    say(event: string, data: unknown) {
      this.listeners.get(event)?.({ data: JSON.stringify(data) });
    }
    close() {
      this.readyState = FakeEventSource.CLOSED;
      FakeEventSource.open = FakeEventSource.open.filter((source) => source !== this);
    }
  }
  let page: EventTarget & { visibilityState: string };
  const show = (visibilityState: string) => {
    page.visibilityState = visibilityState;
    page.dispatchEvent(new Event("visibilitychange"));
  };
  beforeEach(() => {
    FakeEventSource.open = [];
    page = Object.assign(new EventTarget(), { visibilityState: "visible" });
    vi.stubGlobal("EventSource", FakeEventSource);
    vi.stubGlobal("document", page);
  });

  it("holds one connection while the page is shown, none while it is hidden, and catches up from the last seq", () => {
    let seq = 3;
    const frames: unknown[] = [];
    const stop = followAlone(
      { topic: "run:run_1", events: ["run-events"], lastSeq: () => seq },
      { onConnection: () => {}, onFrame: (event, data) => void frames.push([event, data]) },
    );
    const [first] = FakeEventSource.open as [FakeEventSource];
    expect(first.url).toBe("/api/v1/events?topic=run%3Arun_1&after=3");
    first.say("run-events", [1]);
    expect(frames).toEqual([["run-events", [1]]]);
    seq = 9;
    show("hidden");
    expect(FakeEventSource.open).toEqual([]);
    show("visible");
    expect(FakeEventSource.open.map(({ url }) => url)).toEqual(["/api/v1/events?topic=run%3Arun_1&after=9"]);
    stop();
    show("hidden");
    show("visible");
    expect(FakeEventSource.open).toEqual([]);
  });

  it("stops when told to or at a stream-error, and tells whether it is connected", () => {
    const connection: boolean[] = [];
    const follow = (answer: "stop" | undefined) => {
      followAlone(
        { topic: "job:j", events: ["job"], lastSeq: () => null },
        { onConnection: (is) => connection.push(is), onFrame: () => answer },
      );
      return FakeEventSource.open.at(-1) as FakeEventSource;
    };
    const first = follow("stop");
    first.onopen?.();
    first.onerror?.();
    expect([connection, first.url]).toEqual([[true, false], "/api/v1/events?topic=job%3Aj"]);
    first.say("job", {});
    const second = follow(undefined);
    second.say("job", {});
    expect(FakeEventSource.open).toEqual([second]);
    second.say("stream-error", { code: "not-found" });
    expect(FakeEventSource.open).toEqual([]);
  });
});
