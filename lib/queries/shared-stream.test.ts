import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LiveHandlers } from "./live-stream";
import { followTogether } from "./shared-stream";

class FakeEventSource {
  static readonly CLOSED = 2;
  static open: FakeEventSource[] = [];
  readyState = 1;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  private readonly listeners = new Map<string, (message: { data: string }) => void>();
  constructor(readonly url: string) {
    FakeEventSource.open.push(this);
  }
  addEventListener(event: string, listener: (message: { data: string }) => void): void {
    this.listeners.set(event, listener);
  }
  say(event: string, data: unknown): void {
    this.listeners.get(event)?.({ data: JSON.stringify(data) });
  }
  close(): void {
    this.readyState = FakeEventSource.CLOSED;
    FakeEventSource.open = FakeEventSource.open.filter((source) => source !== this);
  }
}

/** Messages arrive at once, in every other channel of the name; locks are given in the order of asking. */
class FakeChannel {
  static all: FakeChannel[] = [];
  onmessage: ((message: { data: unknown }) => void) | null = null;
  constructor(readonly name: string) {
    FakeChannel.all.push(this);
  }
  postMessage(data: unknown): void {
    for (const other of FakeChannel.all)
      if (other !== this && other.name === this.name) other.onmessage?.({ data });
  }
  close(): void {
    FakeChannel.all = FakeChannel.all.filter((channel) => channel !== this);
  }
}

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 8; turn++) await Promise.resolve();
};

let line: { signal: AbortSignal; take: () => void }[] = [];
let isHeld = false;
const next = (): void => {
  line = line.filter(({ signal }) => !signal.aborted);
  const first = isHeld ? undefined : line.shift();
  if (!first) return;
  isHeld = true;
  first.take();
};
const locks = {
  request: (_name: string, { signal }: { signal: AbortSignal }, work: () => Promise<void> | undefined) =>
    new Promise<void>((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
      line.push({
        signal,
        take: () =>
          void Promise.resolve(work()).then(() => {
            isHeld = false;
            resolve();
            next();
          }),
      });
      next();
    }),
};

/** A tab with a document of its own; `seq` counts what it has heard. */
function openTab(start = 0) {
  const page = Object.assign(new EventTarget(), { visibilityState: "visible" });
  const tab = { seq: start, frames: [] as unknown[], connected: [] as boolean[], behind: 0 };
  const handlers: LiveHandlers = {
    onConnection: (is) => void tab.connected.push(is),
    onFrame: (event, data) => {
      tab.frames.push(data);
      tab.seq += 1;
      return event === "run-ended" ? "stop" : undefined;
    },
    onBehind: () => {
      tab.behind += 1;
    },
  };
  vi.stubGlobal("document", page);
  const stop = followTogether(
    { topic: "run:r", events: ["run-events", "run-ended"], lastSeq: () => tab.seq },
    handlers,
  );
  const show = (visibilityState: string) => {
    page.visibilityState = visibilityState;
    vi.stubGlobal("document", page);
    page.dispatchEvent(new Event("visibilitychange"));
  };
  return { tab, stop, show };
}

beforeEach(() => {
  FakeEventSource.open = [];
  FakeChannel.all = [];
  line = [];
  isHeld = false;
  vi.stubGlobal("EventSource", FakeEventSource);
  vi.stubGlobal("BroadcastChannel", FakeChannel);
  vi.stubGlobal("navigator", { locks });
});
afterEach(() => vi.unstubAllGlobals());

describe("tabs of one browser", () => {
  it("have one connection between them, and hear the same", () => {
    const [first, second] = [openTab(), openTab()];
    expect(FakeEventSource.open.map(({ url }) => url)).toEqual(["/api/v1/events?topic=run%3Ar&after=0"]);
    FakeEventSource.open[0]?.onopen?.();
    FakeEventSource.open[0]?.say("run-events", [1]);
    expect([first.tab.frames, second.tab.frames]).toEqual([[[1]], [[1]]]);
    expect(second.tab.connected).toEqual([true]);
    first.stop();
    second.stop();
  });

  it("when the leading tab is hidden or closed, the next goes on from its own last seq", async () => {
    const [first, second] = [openTab(), openTab()];
    FakeEventSource.open[0]?.say("run-events", [1]);
    first.show("hidden");
    await settled();
    expect(FakeEventSource.open.map(({ url }) => url)).toEqual(["/api/v1/events?topic=run%3Ar&after=1"]);
    FakeEventSource.open[0]?.say("run-events", [2]);
    expect(first.tab.frames).toEqual([[1], [2]]);
    first.show("visible");
    second.stop();
    await settled();
    expect(FakeEventSource.open).toHaveLength(1);
    first.stop();
    await settled();
    expect(FakeEventSource.open).toEqual([]);
  });

  it("a tab that joins behind the others is told to fetch what it missed", () => {
    openTab(9);
    expect([openTab(4).tab.behind, openTab(9).tab.behind]).toEqual([1, 0]);
  });

  it("the end ends all of them", async () => {
    openTab();
    openTab();
    FakeEventSource.open[0]?.say("run-ended", {});
    await settled();
    expect([FakeEventSource.open, FakeChannel.all]).toEqual([[], []]);
  });
});
