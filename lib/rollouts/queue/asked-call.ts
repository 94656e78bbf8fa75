import type { Ask, CallAnswer, Landing, ToServer, WireReply } from "./protocol";
import { fromWireError, toWireError } from "./wire-error";

export interface AskedCallDeps {
  send(message: ToServer): void;
  /** One attempt, made here. `connection` is the hash of the sealed connection; null for an agent. */
  buy(connection: string | null): Promise<WireReply>;
  signal: AbortSignal;
  /** False once the rollout is to be handed back: nothing new flies. */
  mayFly(): boolean;
  onLanded(): void;
}

/** A call at the worker: asked for until it is answered, bought when the server says so. */
export class AskedCall {
  readonly reply: Promise<WireReply>;
  private resolve!: (reply: WireReply) => void;
  private reject!: (reason: unknown) => void;
  private flight = 0;
  private landing: Landing | null = null;

  constructor(
    private readonly ask: Omit<Ask, "type" | "flight" | "landing">,
    private readonly deps: AskedCallDeps,
  ) {
    this.reply = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    const stop = (): void => this.reject(deps.signal.reason);
    if (deps.signal.aborted) stop();
    else {
      deps.signal.addEventListener("abort", stop, { once: true });
      this.repeat();
    }
  }

  /** A message may be lost, and the server may have started anew: the whole state is said again. */
  repeat(): void {
    const { flight, landing } = this;
    this.deps.send({ type: "ask", ...this.ask, flight, landing });
  }

  get isInTheAir(): boolean {
    return this.flight > 0 && this.landing === null;
  }

  /** Bought, and perhaps not handed over. */
  get inHand(): Landing | null {
    return this.landing;
  }

  answered(message: CallAnswer): void {
    switch (message.type) {
      case "reply":
        this.resolve(message.reply);
        return;
      case "committed":
        if (this.landing?.ok && message.flight === this.flight) this.resolve(this.landing.reply);
        return;
      case "error":
        this.reject(fromWireError(message.error));
        return;
      case "go":
        if (message.flight === this.flight) {
          if (this.landing) this.tell(this.landing);
        } else if (this.deps.mayFly()) void this.fly(message.flight, message.connection);
        return;
    }
  }

  private async fly(flight: number, connection: string | null): Promise<void> {
    this.flight = flight;
    this.landing = null;
    const landing = await this.deps.buy(connection).then(
      (reply): Landing => ({ ok: true, reply }),
      (error: unknown): Landing => ({ ok: false, error: toWireError(error) }),
    );
    // Stopped, or told to fly again meanwhile (which only a broken server does): this one leads nowhere.
    if (this.deps.signal.aborted || this.flight !== flight) return;
    this.landing = landing;
    this.tell(landing);
    this.deps.onLanded();
  }

  private tell(landing: Landing): void {
    const { worker, start, rollout, callKey } = this.ask;
    this.deps.send({ type: "landed", worker, start, rollout, callKey, flight: this.flight, landing });
  }
}
