import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AppError } from "@/lib/contracts/errors";
import { createEventBus } from "./event-bus";
import { eventStreamResponse } from "./event-stream";
import { createShutdownHub } from "./shutdown-hub";
import { encodeFrame, type SseFrame } from "./sse";
import { jobTopic, parseTopic } from "./topics";
import { watchLatest } from "./watch-latest";

function open(frames: (signal: AbortSignal) => AsyncIterable<SseFrame>, recheck = async () => {}) {
  const hub = createShutdownHub();
  const caller = new AbortController();
  const errors: unknown[] = [];
  const response = eventStreamResponse({
    signal: caller.signal,
    hub,
    frames,
    recheck,
    onError: (error) => errors.push(error),
  });
  return { hub, caller, errors, response, text: response.text() };
}

async function* quiet(signal: AbortSignal): AsyncGenerator<SseFrame> {
  yield { event: "run-events", id: 1, data: [1] };
  await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
}

describe("encodeFrame", () => {
  it("writes the fields of the format, data as one line", () => {
    expect(encodeFrame({ event: "x", id: 7, data: { text: "two\nlines" } })).toBe(
      'event: x\nid: 7\ndata: {"text":"two\\nlines"}\n\n',
    );
    expect(encodeFrame({ retryMs: 2_000 })).toBe("retry: 2000\n\n");
  });
  it("reads topics, and nothing else", () => {
    expect(parseTopic("run:run_1")).toEqual({ kind: "run", id: "run_1" });
    expect([parseTopic("runs:1"), parseTopic("run:"), parseTopic("job:a b")]).toEqual([null, null, null]);
  });
});

describe("eventStreamResponse", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("sends frames and ends with them", async () => {
    const { response, text, hub } = open(async function* () {
      yield { event: "run-events", id: 1, data: [] };
      yield { event: "run-ended", data: { state: "done" } };
    });
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    expect(response.headers.get("cache-control")).toBe("no-cache, no-transform");
    expect(response.headers.get("x-accel-buffering")).toBe("no");
    expect(await text).toBe(
      'retry: 2000\n\nevent: run-events\nid: 1\ndata: []\n\nevent: run-ended\ndata: {"state":"done"}\n\n',
    );
    expect(hub.openCount()).toBe(0);
  });

  it("pings every 15 s while the caller may listen, and says why when it no longer may", async () => {
    let mayListen = true;
    const { text, errors } = open(quiet, async () => {
      if (!mayListen) throw new AppError("not-found", "You are no member of this project any more.");
    });
    await vi.advanceTimersByTimeAsync(30_000);
    mayListen = false;
    await vi.advanceTimersByTimeAsync(15_000);
    const sent = await text;
    expect(sent.match(/: ping/g)).toHaveLength(2);
    expect(sent).toContain(
      'event: stream-error\ndata: {"code":"not-found","detail":"You are no member of this project any more."}',
    );
    expect(errors).toEqual([]);
  });

  it("closes when the server shuts down, and when the caller goes", async () => {
    const first = open(quiet);
    await vi.advanceTimersByTimeAsync(0);
    first.hub.closeAll();
    expect(await first.text).toContain("run-events");
    const second = open(quiet);
    await vi.advanceTimersByTimeAsync(0);
    second.caller.abort();
    await second.text;
    expect([first.hub.openCount(), second.hub.openCount(), vi.getTimerCount()]).toEqual([0, 0, 0]);
  });

  it("a reader that cancels stops the frames", async () => {
    const hub = createShutdownHub();
    let stopped = false;
    const response = eventStreamResponse({
      signal: new AbortController().signal,
      hub,
      recheck: async () => {},
      onError: () => {},
      frames: async function* (signal) {
        try {
          yield { event: "a" };
          await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
        } finally {
          stopped = true;
        }
      },
    });
    const reader = response.body!.getReader();
    await reader.read();
    await reader.read();
    await reader.cancel();
    await vi.advanceTimersByTimeAsync(0);
    expect([stopped, hub.openCount(), vi.getTimerCount()]).toEqual([true, 0, 0]);
  });

  it("tells a bug as a stream-error without its words", async () => {
    const { text, errors } = open(async function* () {
      yield { event: "a" };
      throw new Error("SELECT secret");
    });
    expect(await text).toContain('"code":"internal"');
    expect(await text).not.toContain("SELECT");
    expect(String(errors[0])).toContain("SELECT secret");
  });
});

describe("watchLatest", () => {
  it("tells the state now and each later one, skips those in between, and stops after a final one", async () => {
    const bus = createEventBus();
    const topic = jobTopic("job_1");
    let state = { done: 0, state: "running" };
    const seen: number[] = [];
    const all = (async () => {
      for await (const now of watchLatest({
        bus,
        topic,
        read: () => state,
        isFinal: (s) => s.state === "done",
        signal: new AbortController().signal,
        tickMs: 5,
      }))
        seen.push(now.done);
    })();
    for (let done = 1; done <= 50; done++) {
      state = { done, state: "running" };
      bus.publish(topic, { seq: done, isUrgent: false, item: undefined });
    }
    await vi.waitFor(() => expect(seen.at(-1)).toBe(50));
    state = { done: 51, state: "done" };
    bus.publish(topic, { seq: 51, isUrgent: true, item: undefined });
    await all;
    expect(seen.length).toBeLessThan(10);
    expect(seen.at(-1)).toBe(51);
    expect(bus.subscriberCount()).toBe(0);
  });
});

describe("event bus", () => {
  it("one listener's error reaches nobody else", () => {
    const errors: unknown[] = [];
    const bus = createEventBus((error) => errors.push(error));
    const heard: unknown[] = [];
    bus.subscribe(jobTopic("a"), () => {
      throw new Error("bug");
    });
    const stop = bus.subscribe(jobTopic("a"), (message) => heard.push(message));
    bus.end(jobTopic("a"));
    stop();
    stop();
    bus.end(jobTopic("a"));
    expect([heard, errors.length, bus.subscriberCount()]).toEqual([["ended"], 2, 1]);
  });
});
