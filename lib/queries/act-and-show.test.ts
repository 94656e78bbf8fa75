import { QueryObserver, queryOptions } from "@tanstack/react-query";
import { afterEach, describe, expect, it, vi } from "vitest";
import { actAndShow } from "./act-and-show";
import { createQueryClient } from "./query-client";

/** What the server holds: each read and each act is answered with the state at the moment when it was met. */
function createServer() {
  let state = 0;
  const held: (() => void)[] = [];
  const answer = (value: string) => new Promise<string>((resolve) => held.push(() => resolve(value)));
  return {
    read: () => answer(`state ${state}`),
    act: () => {
      state += 1;
      return answer(`state ${state}`);
    },
    /** Lets the answer number `index` arrive, in the order that the test wants. */
    deliver: (index: number) => held[index]?.(),
    asked: () => held.length,
  };
}

function createPage() {
  const server = createServer();
  const client = createQueryClient();
  const options = queryOptions({
    queryKey: ["thing"] as const,
    queryFn: () => server.read(),
    initialData: "state 0",
  });
  const observer = new QueryObserver(client, options);
  const seen: string[] = [];
  const stop = observer.subscribe(({ data }) => {
    if (data !== undefined && data !== seen.at(-1)) seen.push(data);
  });
  const act = () => actAndShow(client, options.queryKey, () => server.act());
  const asked = (count: number) => vi.waitUntil(() => server.asked() === count);
  return { server, client, options, observer, seen, stop, act, asked };
}

let page: ReturnType<typeof createPage>;
afterEach(() => page.stop());

describe("actAndShow", () => {
  it("the answer is shown, and asked for again", async () => {
    page = createPage();
    const acting = page.act();
    await page.asked(1);
    page.server.deliver(0);
    expect(await acting).toBe("state 1");
    await page.asked(2);
    page.server.deliver(1);
    expect(page.seen.at(-1)).toBe("state 1");
  });

  it("a fetch that was under way when the act began does not undo it", async () => {
    page = createPage();
    void page.observer.refetch();
    await page.asked(1);
    const acting = page.act();
    await page.asked(2);
    page.server.deliver(1);
    await acting;
    page.server.deliver(0);
    await page.asked(3);
    page.server.deliver(2);
    await vi.waitUntil(() => !page.observer.getCurrentResult().isFetching);
    expect(page.seen).toEqual(["state 0", "state 1"]);
    expect(page.observer.getCurrentResult().data).toBe("state 1");
  });

  it("an answer that a later fetch has overtaken does not undo what that told", async () => {
    page = createPage();
    const acting = page.act();
    await page.asked(1);
    const later = page.act();
    await page.asked(2);
    page.server.deliver(1);
    await later;
    await page.asked(3);
    page.server.deliver(2);
    await vi.waitUntil(() => !page.observer.getCurrentResult().isFetching);
    page.server.deliver(0);
    expect(await acting).toBe("state 1");
    await page.asked(4);
    expect(page.observer.getCurrentResult().data).toBe("state 2");
    page.server.deliver(3);
    await vi.waitUntil(() => !page.observer.getCurrentResult().isFetching);
    expect(page.seen).toEqual(["state 2"]);
  });

  it("a refusal is passed on, and what is shown is asked for again", async () => {
    page = createPage();
    const refused = actAndShow(page.client, page.options.queryKey, () => Promise.reject(new Error("moved")));
    await expect(refused).rejects.toThrow("moved");
    await page.asked(1);
    page.server.deliver(0);
    await vi.waitUntil(() => !page.observer.getCurrentResult().isFetching);
    expect(page.observer.getCurrentResult().data).toBe("state 0");
  });
});
