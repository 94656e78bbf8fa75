import type { EmbeddingModel } from "@/lib/judge";
import { type ConnectionSpec, type FairPool, LlmError } from "@/lib/llm";
import { agentRequestOf, keptRequestOf } from "../agent-request";
import type { KeyedChatRequest, ModelRef } from "../model-caller";
import type { RolloutHost } from "../rollout-host";
import type { HttpTarget, RolloutJudge, RolloutSpec } from "../types";
import type { Ask, CallMessage, HandedBack, InHand, Want, WireReply } from "./protocol";
import { RemoteCall, type Send } from "./remote-call";
import { toWireError } from "./wire-error";

export interface DeskDeps {
  /** To one worker; may be lost. */
  send: Send;
  /** Puts a connection where workers find it, sealed; gives its hash. */
  shareConnection(connection: ConnectionSpec): string;
  /** Calls in flight to one agent, over all workers and jobs. */
  roomOf(target: HttpTarget): FairPool;
  embeddingsFor(judge: RolloutJudge): EmbeddingModel | null;
}

/**
 * The server's side of one rollout that a worker is doing. The worker asks before each call; the host notes it, lets it
 * wait for pauses and limits, and commits its reply before the worker may use it: exactly as for calls of its own.
 */
export class RolloutDesk {
  private readonly calls = new Map<string, RemoteCall>();
  private inHand: InHand = {};
  /** The job is paused: nothing is bought until it goes on. */
  isHeld = false;

  constructor(
    readonly spec: RolloutSpec,
    readonly key: string,
    readonly host: RolloutHost,
    readonly signal: AbortSignal,
    private readonly deps: DeskDeps,
    /** Something that no outcome may hide: a spending cap, a bug. Ends the rollout. */
    private readonly onFatal: (error: unknown) => void,
  ) {}

  /** Its worker let go of it, with replies that it had bought. */
  handedBack({ inHand, cut }: HandedBack): void {
    this.inHand = { ...this.inHand, ...inHand };
    for (const [callKey, call] of this.calls) call.handedBack(inHand[callKey], cut.includes(callKey));
  }

  take(message: CallMessage): void {
    const call = this.calls.get(message.callKey);
    if (message.type === "ask") {
      if (call) call.askedAgain(message);
      else this.begin(message);
    }
    // Landed, of a call that only an earlier life of this server knew: the worker asks again, with the reply in hand.
    else call?.landed(message);
  }

  private begin(ask: Ask): void {
    const { callKey, want } = ask;
    const { send } = this.deps;
    const call = new RemoteCall(ask, this.inHand[callKey], { send, isHeld: () => this.isHeld });
    this.calls.set(callKey, call);
    const facts = { rollout: this.key, callKey };
    this.serve(want, callKey, call).then(
      (reply) => call.settle({ type: "reply", ...facts, reply }),
      (error: unknown) => {
        if (error instanceof LlmError) call.settle({ type: "error", ...facts, error: toWireError(error) });
        else this.onFatal(error);
      },
    );
  }

  private async serve(want: Want, callKey: string, call: RemoteCall): Promise<WireReply> {
    switch (want.kind) {
      case "chat":
        return { kind: "chat", chat: await this.chat(want, callKey, call) };
      case "agent":
        return { kind: "agent", agent: await this.agent(callKey, call) };
      case "embed": {
        const judge = this.judgeAt(want.judge);
        const model = this.deps.embeddingsFor(judge);
        if (model === null) throw new Error("The judge's embedding model is gone.");
        const vectors = (await model.embed(want.texts, this.signal)).map((one) => [...one]);
        return { kind: "embed", embed: { vectors } };
      }
    }
  }

  private chat(want: Extract<Want, { kind: "chat" }>, callKey: string, call: RemoteCall) {
    const { role, messages, sample, schema } = want;
    const request: KeyedChatRequest = { callKey, role, messages, sample, ...(schema ? { schema } : {}) };
    return this.host.call(this.modelOf(want.by), request, this.signal, {
      get isUnderWay() {
        return call.isUnderWay;
      },
      attempt: async ({ connection }, flight, signal) => {
        const reply = await call.attempt(this.deps.shareConnection(connection), flight, signal);
        if (reply.kind !== "chat") throw new Error("The worker answered another kind of call.");
        return reply.chat;
      },
    });
  }

  private agent(callKey: string, call: RemoteCall) {
    const { target, runId } = this.spec;
    if (target.kind !== "http") throw new Error("The worker asked for an agent, and there is none.");
    const request = keptRequestOf(target.url, agentRequestOf(this.spec));
    const { versionId: targetVersionId, maxUsdPerCall: maxUsd } = target;
    const room = this.deps.roomOf(target);
    const buy: Parameters<RolloutHost["agent"]>[1] = (flight) =>
      room.run(
        runId,
        async () => {
          const reply = await call.attempt(null, flight, this.signal);
          if (reply.kind !== "agent") throw new Error("The worker answered another kind of call.");
          return reply.agent;
        },
        this.signal,
      );
    return this.host.agent({ callKey, targetVersionId, maxUsd, request }, buy, this.signal);
  }

  private modelOf(by: "task" | number): ModelRef {
    if (by !== "task") return this.judgeAt(by).model;
    if (this.spec.target.kind !== "chat")
      throw new Error("The worker asked for a task model, and there is none.");
    return this.spec.target.task;
  }

  private judgeAt(index: number): RolloutJudge {
    const judge = this.spec.judges[index];
    if (!judge) throw new Error(`The worker asked for judge ${index}, and there is none.`);
    return judge;
  }
}
