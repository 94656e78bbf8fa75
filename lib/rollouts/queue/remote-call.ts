import { CalledOff } from "@/lib/llm";
import type { Flight } from "../model-caller";
import type { Ask, CallAnswer, CallMessage, Landing, ToWorker, WireReply } from "./protocol";
import { fromWireError } from "./wire-error";

export type Send = (worker: string, message: ToWorker) => void;

interface Waiting {
  /** Hash of the sealed connection; null for an agent. */
  connection: string | null;
  note: Flight | undefined;
  land(landing: Landing): void;
  callOff(): void;
}

export interface RemoteCallDeps {
  send: Send;
  /** The work is paused, and whoever had this rollout has given its place up. */
  isHeld(): boolean;
}

const calledOff = (): CalledOff => new CalledOff("No worker has this rollout while its job is paused.");

/** One call that a worker asked for: who has it, which flight it is on, and what it was answered. */
export class RemoteCall {
  /** Null while nobody has the rollout: its worker handed it back. */
  private worker: string | null;
  /** Handed back with this call cut off in the air. */
  private isCut = false;
  private start: number;
  private readonly seen = new Set<string>();
  /** Number of the newest flight; 0 before the first. */
  private flight: number;
  private waiting: Waiting | null = null;
  private answer: CallAnswer | null = null;
  private landedAt: { worker: string; flight: number } | null = null;
  /** In the air, or landed, since before anybody here waited for it. */
  private adopted: { landing: Landing | null } | null;

  constructor(
    { worker, start, rollout, callKey, flight, landing }: Ask,
    inHand: Landing | undefined,
    private readonly deps: RemoteCallDeps,
  ) {
    this.worker = worker;
    this.start = start;
    this.seen.add(`${worker}/${start}`);
    this.facts = { rollout, callKey };
    this.flight = flight;
    const known = landing ?? inHand ?? null;
    this.adopted = flight > 0 || known ? { landing: known } : null;
    if (landing) this.landedAt = { worker, flight };
  }

  private readonly facts: { rollout: string; callKey: string };

  get isUnderWay(): boolean {
    return this.adopted !== null;
  }

  /** Has the worker buy it. @throws LlmError as the worker met it, or the signal's reason */
  attempt(connection: string | null, note: Flight | undefined, signal: AbortSignal): Promise<WireReply> {
    const { adopted } = this;
    this.adopted = null;
    if (adopted?.landing) return outcomeOf(adopted.landing);
    if (this.worker === null && this.deps.isHeld()) return Promise.reject(calledOff());
    return new Promise<Landing>((resolve, reject) => {
      signal.throwIfAborted();
      const stop = (): void => {
        this.waiting = null;
        reject(signal.reason);
      };
      signal.addEventListener("abort", stop, { once: true });
      const land = (landing: Landing): void => {
        this.waiting = null;
        signal.removeEventListener("abort", stop);
        resolve(landing);
      };
      const callOff = (): void => {
        this.waiting = null;
        signal.removeEventListener("abort", stop);
        reject(calledOff());
      };
      this.waiting = { connection, note, land, callOff };
      // Adopted in the air: its worker will tell how it ends. With nobody, whoever takes it over is told to go.
      if (adopted === null) {
        this.flight += 1;
        this.go();
      }
    }).then(outcomeOf);
  }

  /** A repeated ask, or that of a worker which took the rollout over. */
  askedAgain({ worker, start, flight, landing }: Ask): void {
    const wasFree = this.worker === null;
    const isTakenOver = !this.seen.has(`${worker}/${start}`) || (wasFree && flight !== this.flight);
    this.seen.add(`${worker}/${start}`);
    if (isTakenOver || wasFree) {
      this.worker = worker;
      this.start = start;
    }
    if (this.answer) this.deps.send(worker, this.answer);
    else if (landing) this.landed({ worker, flight, landing });
    else if (worker === this.worker && start === this.start) this.goAgain(flight, isTakenOver, wasFree);
  }

  private goAgain(flight: number, isTakenOver: boolean, wasFree: boolean): void {
    if (this.waiting === null) return;
    if (isTakenOver) {
      // Of a worker that died nobody knows what was in the air; one that handed it back has said.
      if (!wasFree || this.isCut) this.waiting.note?.again();
      this.isCut = false;
      this.flight += 1;
    }
    if (flight !== this.flight) this.go();
  }

  /** Its worker let go of the rollout, perhaps with the reply in hand. */
  handedBack(landing: Landing | undefined, isCut: boolean): void {
    this.worker = null;
    this.isCut = isCut;
    if (this.answer) return;
    if (landing === undefined) {
      if (!isCut && this.deps.isHeld()) this.waiting?.callOff();
    } else if (this.waiting) this.waiting.land(landing);
    else this.adopted = { landing };
  }

  landed({
    worker,
    flight,
    landing,
  }: Pick<Extract<CallMessage, { type: "landed" }>, "worker" | "flight" | "landing">): void {
    if (this.answer) {
      this.deps.send(worker, this.answer);
      return;
    }
    // A late failure says nothing about the flight that came after it; a reply is a reply.
    if (!landing.ok && flight !== this.flight) return;
    this.landedAt = { worker, flight };
    if (this.waiting) this.waiting.land(landing);
    else if (landing.ok) this.adopted = { landing };
  }

  /** What the host decided; sent to whoever has the rollout, and again to whoever asks again. */
  settle(answer: CallAnswer): void {
    this.answer = answer;
    const { worker, landedAt } = this;
    if (worker === null) return;
    const hasIt = answer.type === "reply" && landedAt?.worker === worker;
    this.deps.send(worker, hasIt ? { type: "committed", ...this.facts, flight: landedAt.flight } : answer);
  }

  private go(): void {
    if (this.worker === null) return;
    const connection = this.waiting?.connection ?? null;
    this.deps.send(this.worker, { type: "go", ...this.facts, flight: this.flight, connection });
  }
}

function outcomeOf(landing: Landing): Promise<WireReply> {
  return landing.ok ? Promise.resolve(landing.reply) : Promise.reject(fromWireError(landing.error));
}
