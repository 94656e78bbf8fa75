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
    expect(await outbox.labelIdOf("b")).toBe("b");
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

  it("can take back what has not been sent, and not what is under way", async () => {
    const { outbox, log } = setUp(async ({ key }) => label(key));
    outbox.add(entry("a"));
    outbox.add(entry("b"));
    expect(outbox.cancel("b")).toBe(true);
    expect(outbox.cancel("a")).toBe(false);
    await outbox.flush();
    expect(log).toEqual(["sent a"]);
  });
});
