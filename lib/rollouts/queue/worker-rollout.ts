import type { EmbeddingModel } from "@/lib/judge";
import type { ChatRequest } from "@/lib/llm";
import type { ModelRef } from "../model-caller";
import type { RolloutHost } from "../rollout-host";
import type { RolloutExecutor, RolloutJudge, RolloutSpec } from "../types";
import { AskedCall } from "./asked-call";
import type { CallAnswer, HandedBack, Landing, QueuedResult, ToServer, Want, WireReply } from "./protocol";

/** The reason with which a rollout is stopped whose server does not want it (any more). */
export class Dropped extends Error {}

export interface WorkerRolloutDeps {
  worker: string;
  send(message: ToServer): void;
  /** One attempt of a chat, from this machine. */
  chat(connection: string, request: ChatRequest, signal: AbortSignal): ReturnType<RolloutHost["call"]>;
  executorFor(host: WorkerRollout): RolloutExecutor;
}

/** One rollout at a worker. Its host is the server: every call is asked for there before it is made here. */
export class WorkerRollout {
  private readonly calls = new Map<string, AskedCall>();
  private readonly stop = new AbortController();
  /** One object for each judge, so that the judge core keeps its index. */
  private readonly embeddings = new Map<RolloutJudge, EmbeddingModel>();
  private embeds = 0;
  private isResting = false;

  constructor(
    private readonly spec: RolloutSpec,
    private readonly facts: { rollout: string; start: number },
    /** By judge: the model whose vectors the server can give. */
    private readonly embeddingNames: readonly (string | null)[],
    private readonly deps: WorkerRolloutDeps,
  ) {}

  async run(): Promise<QueuedResult> {
    try {
      const outcome = await this.deps.executorFor(this).execute(this.spec, this.host(), this.stop.signal);
      return { status: "done", outcome };
    } catch (error) {
      if (error instanceof Dropped) return { status: "dropped", lacksSnapshot: false, ...this.handedBack() };
      return { status: "broken", message: error instanceof Error ? error.message : String(error) };
    }
  }

  drop(): void {
    this.stop.abort(new Dropped("The server does not wait for this rollout."));
  }

  /** Starts nothing new, and lets go as soon as nothing of it is in the air. */
  rest(): void {
    this.isResting = true;
    this.dropIfLanded();
  }

  answered(message: CallAnswer): void {
    this.calls.get(message.callKey)?.answered(message);
  }

  /** Says again what was not answered. */
  repeat(): void {
    for (const call of this.calls.values()) call.repeat();
  }

  /** Vectors of a judge that remembers by embedding: the server has the model, and keeps what it bought. */
  embeddingsFor(judge: RolloutJudge): EmbeddingModel | null {
    const index = this.spec.judges.indexOf(judge);
    const name = this.embeddingNames[index] ?? null;
    if (name === null) return null;
    const known = this.embeddings.get(judge) ?? {
      name,
      embed: async (texts: readonly string[]) => {
        this.embeds += 1;
        const want: Want = { kind: "embed", judge: index, texts: [...texts] };
        const reply = await this.ask(`embed:${index}:${this.embeds}`, want, () => unexpected(want.kind));
        return reply.kind === "embed" ? reply.embed.vectors : unexpected(reply.kind);
      },
    };
    this.embeddings.set(judge, known);
    return known;
  }

  private host(): RolloutHost {
    return {
      call: async (ref, { callKey, role, messages, sample, schema }) => {
        const by =
          role === "task" ? ("task" as const) : this.spec.judges.findIndex((one) => one.model === ref);
        const want: Want = {
          kind: "chat",
          by,
          role,
          messages: messages.map((message) => ({ ...message })),
          sample,
          schema: schema ?? null,
        };
        const request = chatRequestOf(ref, want);
        const reply = await this.ask(callKey, want, async (connection) => {
          if (connection === null) return unexpected("no connection");
          return { kind: "chat", chat: await this.deps.chat(connection, request, this.stop.signal) };
        });
        return reply.kind === "chat" ? reply.chat : unexpected(reply.kind);
      },
      agent: async ({ callKey }, buy) => {
        const reply = await this.ask(callKey, { kind: "agent" }, async () => ({
          kind: "agent",
          agent: await buy(),
        }));
        return reply.kind === "agent" ? reply.agent : unexpected(reply.kind);
      },
    };
  }

  private async ask(
    callKey: string,
    want: Want,
    buy: (connection: string | null) => Promise<WireReply>,
  ): Promise<WireReply> {
    const { worker, send } = this.deps;
    const call = new AskedCall(
      { ...this.facts, worker, callKey, want },
      {
        send,
        buy,
        signal: this.stop.signal,
        mayFly: () => !this.isResting,
        onLanded: () => this.dropIfLanded(),
      },
    );
    this.calls.set(callKey, call);
    const reply = await call.reply.finally(() => !this.stop.signal.aborted && this.calls.delete(callKey));
    return reply;
  }

  private dropIfLanded(): void {
    if (this.isResting && ![...this.calls.values()].some(({ isInTheAir }) => isInTheAir)) this.drop();
  }

  private handedBack(): HandedBack {
    const landed = [...this.calls].flatMap(([callKey, { inHand }]): [string, Landing][] =>
      inHand?.ok ? [[callKey, inHand]] : [],
    );
    const cut = [...this.calls].filter(([, { isInTheAir }]) => isInTheAir).map(([callKey]) => callKey);
    return { inHand: Object.fromEntries(landed), cut };
  }
}

function chatRequestOf(ref: ModelRef, want: Extract<Want, { kind: "chat" }>): ChatRequest {
  const { role, messages, sample, schema } = want;
  return { model: ref.model, role, messages, settings: ref.settings, sample, ...(schema ? { schema } : {}) };
}

function unexpected(kind: string): never {
  throw new Error(`The server answered unexpectedly (${kind}).`);
}
