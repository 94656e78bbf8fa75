import { expect, test } from "vitest";
import type { ReflectorReply } from "./ports";
import { proposeText } from "./propose";
import type { ReflectionBrief } from "./reflection-prompt";
import { fakeDeps, inputOf, replyWith, scored } from "./testing/fakes";

const { guidance } = inputOf();
const brief: ReflectionBrief = {
  component: "system",
  text: "Be kind.",
  description: "",
  keepVariables: [],
  guidelines: [],
  examples: [],
  rejectedEdits: [],
  hints: [],
  maxChars: 4000,
  editStyle: "small-edits",
  isRevised: false,
  wantedChars: null,
  crossover: null,
};

async function propose(...replies: ReflectorReply[]) {
  const deps = fakeDeps({ evaluate: () => scored(1), reflect: () => replies.shift()! });
  const proposed = await proposeText(brief, guidance, "p1-r1", deps.reflector, deps.signal);
  return { proposed, calls: deps.prompts.map(({ callKey }) => callKey) };
}

const noFence: ReflectorReply = { status: "answered", text: "Sure!", truncated: false };

test("PR6 a usable reply needs no second turn", async () => {
  const { proposed, calls } = await propose(
    replyWith("Be kind. Be brief.", { summary: "asks for brevity", changes: [] }),
  );
  expect(proposed).toMatchObject({
    status: "proposed",
    text: "Be kind. Be brief.",
    summary: "asks for brevity",
  });
  expect(calls).toEqual(["p1-r1"]);
});

test("PR6 exactly one repair turn", async () => {
  expect(await propose(noFence, replyWith("Be brief."))).toMatchObject({
    proposed: { status: "proposed", text: "Be brief.", callKeys: ["p1-r1", "p1-r1-repair"] },
    calls: ["p1-r1", "p1-r1-repair"],
  });
  const failed = await propose(noFence, noFence, replyWith("too late"));
  expect(failed.proposed).toMatchObject({ status: "refused", reason: "no-fence" });
  expect(failed.calls).toHaveLength(2);
});

test("PR6 a call that failed is not repaired", async () => {
  const { proposed, calls } = await propose({ status: "failed", cause: "503" }, replyWith("never asked"));
  expect(proposed).toMatchObject({ status: "refused", reason: "reflection-failed", detail: "503" });
  expect(calls).toHaveLength(1);
});
