import { describe, expect, it } from "vitest";
import type { CommittedLabel } from "@/lib/contracts/labels";
import { ApiProblem } from "./api-fetch";
import { createLabelOutbox, type OutboxDeps, type OutboxEntry } from "./label-outbox";

const entry = (key: string): OutboxEntry => ({
  key,
  itemId: `itm_${key}`,
  input: {
    traceId: "trc_1",
    judgeId: "jdg_1",
    queueId: "que_1",
    value: 3,
    reason: "",
    betterAnswer: null,
    flagged: false,
  },
});
const label = (id: string) => ({ id }) as CommittedLabel;
const offline = () => new ApiProblem({ code: "offline", status: 0, detail: "" });

function setUp(send: OutboxDeps["send"], kept: Record<string, string> = {}) {
  const log: string[] = [];
  const storage = {
    getItem: (key: string) => kept[key] ?? null,
    setItem: (key: string, value: string) => {
      kept[key] = value;
    },
    removeItem: (key: string) => void delete kept[key],
  };
  const outbox = createLabelOutbox({
    send,
    onSent: ({ key }) => log.push(`sent ${key}`),
    onRefused: ({ key }) => log.push(`refused ${key}`),
    onChange: () => undefined,
    storage,
    storageKey: "box",
  });
  return { outbox, log, kept };
}

describe("the outbox of labels (ux.md, moment 4: offline)", () => {
  it("sends in order and forgets what was sent", async () => {
    const { outbox, log, kept } = setUp(async ({ key }) => label(key));
    outbox.add(entry("a"));
    outbox.add(entry("b"));
    await outbox.flush();
    expect(log).toEqual(["sent a", "sent b"]);
    expect(kept).toEqual({});
  });

  it("keeps labels in the tab while the server cannot be reached, over a reload, and sends them later", async () => {
    const first = setUp(async () => Promise.reject(offline()));
    first.outbox.add(entry("a"));
    first.outbox.add(entry("b"));
    await first.outbox.flush();
    expect(first.outbox.state()).toMatchObject({ trouble: "offline", waiting: [{ key: "a" }, { key: "b" }] });
    const second = setUp(async ({ key }) => label(key), first.kept);
    await second.outbox.flush();
    expect(second.log).toEqual(["sent a", "sent b"]);
    expect(second.outbox.state()).toEqual({ waiting: [], trouble: null });
  });

  it("waits for a new session as it waits for a connection", async () => {
    const { outbox } = setUp(async () =>
      Promise.reject(new ApiProblem({ code: "not-signed-in", status: 401, detail: "" })),
    );
    outbox.add(entry("a"));
    await outbox.flush();
    expect(outbox.state()).toMatchObject({ trouble: "signed-out", waiting: [{ key: "a" }] });
  });

  it("lets a refused label go, so that it does not hold up the others", async () => {
    const { outbox, log } = setUp(async ({ key }) => {
      if (key === "a") throw new ApiProblem({ code: "invalid-input", status: 400, detail: "" });
      return label(key);
    });
    outbox.add(entry("a"));
    outbox.add(entry("b"));
    await outbox.flush();
    expect(log).toEqual(["refused a", "sent b"]);
  });

  it("takes back in the tab what has not been sent, and from the server what is under way", async () => {
    const { outbox, log } = setUp(async ({ key }) => label(key));
    const removed: string[] = [];
    const remove = async (id: string) => void removed.push(id);
    outbox.add(entry("a"));
    outbox.add(entry("b"));
    await Promise.all([outbox.takeBack("b", remove), outbox.takeBack("a", remove)]);
    await outbox.flush();
    expect(log).toEqual(["sent a"]);
    expect(removed).toEqual(["a"]);
  });

  it("sends a label that was given right after a take-back only when that has ended", async () => {
    const order: string[] = [];
    const { outbox } = setUp(async ({ key }) => {
      order.push(`sent ${key}`);
      return label(key);
    });
    outbox.add(entry("a"));
    await outbox.flush();
    const removal = Promise.withResolvers<void>();
    const takenBack = outbox.takeBack("a", async (id) => {
      order.push(`removing ${id}`);
      await removal.promise;
      order.push(`removed ${id}`);
    });
    outbox.add(entry("a-again"));
    removal.resolve();
    await takenBack;
    await outbox.flush();
    expect(order).toEqual(["sent a", "removing a", "removed a", "sent a-again"]);
  });

  it("drops what was taken back while it could not be sent", async () => {
    const answer = Promise.withResolvers<CommittedLabel>();
    const { outbox, kept } = setUp(() => answer.promise);
    outbox.add(entry("a"));
    const takenBack = outbox.takeBack("a", async () => expect.unreachable("it was never sent"));
    answer.reject(offline());
    await takenBack;
    expect(outbox.state().waiting).toEqual([]);
    expect(kept).toEqual({});
  });

  it("tells the caller of a take-back that failed, and goes on with the labels behind it", async () => {
    const { outbox, log } = setUp(async ({ key }) => label(key));
    outbox.add(entry("a"));
    await outbox.flush();
    const takenBack = outbox.takeBack("a", async () => Promise.reject(offline()));
    outbox.add(entry("b"));
    await expect(takenBack).rejects.toBeInstanceOf(ApiProblem);
    await outbox.flush();
    expect(log).toEqual(["sent a", "sent b"]);
  });
});
