import { expect, it, vi } from "vitest";
import { type ConnectionSpec, createConnectionState, createOpenAiModel } from "@/lib/llm";
import { ActiveJob } from "./active-job";
import { createPausingModels } from "./pausing-caller";

const never = new AbortController().signal;
const spec: ConnectionSpec = {
  id: "con_1",
  name: "Narrow",
  kind: "real",
  baseUrl: "http://models.test/v1",
  apiKey: null,
  headers: {},
  prices: {},
  maxConcurrency: 1,
  timeoutMs: 60_000,
};

it("a call that waits for its place when a pause is asked for is not made until it is over", async () => {
  const answers: (() => void)[] = [];
  const fetch = vi.fn(
    () =>
      new Promise<Response>((resolve) => {
        const choices = [
          { index: 0, finish_reason: "stop", message: { role: "assistant", content: "Yes." } },
        ];
        answers.push(() => resolve(Response.json({ choices })));
      }),
  );
  const state = createConnectionState(spec);
  const job = new ActiveJob({} as never, { onPause: () => undefined, onResume: () => undefined });
  const told: string[] = [];
  job.onHeld((over) => {
    told.push("held");
    void over.then(() => told.push("over"));
  });
  const models = createPausingModels(
    {
      call: (ref, { role, messages, sample }, signal, _elsewhere, mayStart) =>
        createOpenAiModel(spec, { fetch, state, mayStart }).chat(
          { model: ref.model, role, messages, settings: {}, sample },
          signal,
        ),
      agent: () => Promise.reject(new Error("none")),
      embed: () => Promise.reject(new Error("none")),
    },
    {
      whilePaused: () => job.whilePaused(),
      isHeld: () => job.isHeld(),
      onHeld: (listener) => job.onHeld(listener),
      pause: (cause) => job.requestPause(cause),
      waitOut: () => Promise.resolve(),
      signal: never,
    },
  );
  const ask = (callKey: string) =>
    models.call(
      { connectionId: "con_1", model: "m", settings: {} },
      { callKey, role: "task", messages: [{ role: "user", content: "Well?" }], sample: 0 },
      never,
    );
  const [first, second] = [ask("a"), ask("b")];
  await vi.waitFor(() => expect(fetch).toHaveBeenCalledTimes(1));
  job.requestPause("Paused by Jo.");
  answers[0]?.();
  expect(await first).toMatchObject({ text: "Yes." });
  // The one place is free, and the second call has looked at it.
  await vi.waitFor(() => expect(job.isWaiting()).toBe(true));
  expect(fetch).toHaveBeenCalledTimes(1);
  expect(told).toEqual(["held"]);
  job.resume();
  await vi.waitFor(() => expect(fetch).toHaveBeenCalledTimes(2));
  expect(told).toEqual(["held", "over"]);
  answers[1]?.();
  expect(await second).toMatchObject({ text: "Yes." });
});
