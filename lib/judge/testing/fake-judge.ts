import { readDataSections } from "@/lib/util/fence";
import type { JudgeModel, JudgeModelReply, JudgeModelRequest } from "../ports";
import type { JudgeCase, JudgeSnapshot, Scale, TeachingLabel } from "../types";

export const ONE_TO_FIVE: Scale = { kind: "numeric", min: 1, max: 5, step: 1 };
export const PASS_FAIL: Scale = { kind: "boolean", trueLabel: "pass", falseLabel: "fail" };

/** A plain judge, with what a test wants changed. */
export function snapshot(changes: Partial<JudgeSnapshot> = {}): JudgeSnapshot {
  return {
    judgeId: "judge-1",
    versionId: "v1",
    name: "Quality",
    scale: ONE_TO_FIVE,
    anchors: [],
    goodEnough: 4,
    instructions: "Is {{ outputs }} a good answer to {{ inputs }}? It should do what {{ expectations }} say.",
    guidelines: [],
    episodes: [],
    retrieval: { kind: "lexical" },
    rule: null,
    ...changes,
  };
}

export function oneCase(changes: Partial<JudgeCase> = {}): JudgeCase {
  return {
    traceId: "trace-0",
    recordId: "record-0",
    inputs: "What do they run on 3rd and short?",
    outputs: "Inside zone, mostly.",
    expectations: "A good answer:\nnames the play",
    steps: null,
    ...changes,
  };
}

export function label(number: number, changes: Partial<TeachingLabel> = {}): TeachingLabel {
  return {
    labelId: `label-${number}`,
    traceId: `trace-${number}`,
    recordId: `record-${number}`,
    expertId: "expert-1",
    value: 3,
    reason: `reason ${number}`,
    inputs: `question ${number} about ${"abcdefghij"[number % 10]}${number * 7919}`,
    outputs: `answer ${number} with ${number * 104729} words`,
    expectations: "",
    tags: [],
    ...changes,
  };
}

export type Answer = (request: JudgeModelRequest) => JudgeModelReply | string;

/** A model that answers at once, and keeps what it was asked. */
export function fakeModel(answer: Answer): JudgeModel & { requests: JudgeModelRequest[] } {
  const requests: JudgeModelRequest[] = [];
  return {
    requests,
    ask: async (request, signal) => {
      signal.throwIfAborted();
      requests.push(request);
      return replyOf(answer, request);
    },
  };
}

/** A model whose calls all take one latency; `run` counts how many pass until the promise settles, and the most in flight. */
export function slowModel(answer: Answer): JudgeModel & {
  run<Value>(start: () => Promise<Value>): Promise<{ value: Value; latencies: number; mostInFlight: number }>;
} {
  let flights: (() => void)[] = [];
  return {
    ask: (request) => new Promise((resolve) => flights.push(() => resolve(replyOf(answer, request)))),
    run: async (start) => {
      let isDone = false;
      let [latencies, mostInFlight] = [0, 0];
      const promise = start().finally(() => {
        isDone = true;
      });
      await settled();
      while (!isDone) {
        if (flights.length === 0) throw new Error("nothing in flight, and not done");
        mostInFlight = Math.max(mostInFlight, flights.length);
        latencies += 1;
        const landing = flights;
        flights = [];
        for (const land of landing) land();
        await settled();
      }
      return { value: await promise, latencies, mostInFlight };
    },
  };
}

function replyOf(answer: Answer, request: JudgeModelRequest): JudgeModelReply {
  const reply = answer(request);
  return typeof reply === "string" ? { status: "answered", text: reply } : reply;
}

/** Lets every promise that can go on do so. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 500; turn++) await Promise.resolve();
}

/** The sections of a request, over all its messages. */
export function sectionsOf(request: {
  messages: readonly { content: string }[];
}): ReturnType<typeof readDataSections> {
  return readDataSections(request.messages.map((message) => message.content).join("\n\n"));
}

export function textsOf(request: { messages: readonly { content: string }[] }, name: string): string[] {
  return sectionsOf(request)
    .filter((section) => section.name === name)
    .map((section) => section.text);
}

export function verdictReply(value: unknown, rationale = "because"): string {
  return JSON.stringify({ rationale, value });
}

/** Never aborts. */
export const CALM = new AbortController().signal;
