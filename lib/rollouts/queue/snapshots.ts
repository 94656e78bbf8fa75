import { sha256Hex } from "@/lib/util/hash";
import type { RolloutSpec } from "../types";

/** Seals what must not be read in Redis: keys of connections, headers of agents. */
export interface Seal {
  seal(plain: string): string;
  /** @throws Error when it was sealed under another secret */
  open(sealed: string): string;
  /** A text that only holders of the secret know, by purpose. */
  derive(purpose: string): string;
}

/** The few commands that snapshots need. */
export interface SnapshotStore {
  set(key: string, value: string, mode: "EX", seconds: number): Promise<unknown>;
  getex(key: string, mode: "EX", seconds: number): Promise<string | null>;
}

const KEPT_SECONDS = 86_400;
/** Put again long before it could be gone. */
const PUT_AGAIN_MS = 6 * 3_600_000;
/** Snapshots that a worker keeps parsed; a run needs four or five. */
const MAX_CACHED = 200;

/** Thrown at a worker whose snapshot is not in Redis (any more): the server has to put it there again. */
export class SnapshotGone extends Error {}

/** Puts what many rollouts share into Redis, once, under the hash of its content. */
export class SnapshotWriter {
  private readonly put = new Map<string, number>();
  private readonly hashes = new WeakMap<object, string>();

  constructor(
    private readonly store: SnapshotStore,
    private readonly keyOf: (hash: string) => string,
    private readonly seal: Seal,
    private readonly now: () => number,
  ) {}

  /** The same object is hashed once. Its commands precede any later ones of the same connection. */
  write(value: object, isSecret: boolean): string {
    const known = this.hashes.get(value);
    if (known !== undefined && this.isFresh(known)) return known;
    // Not in a canonical order: a judge's prompt quotes its scale as JSON, and must read the same on every machine.
    const text = JSON.stringify(value);
    // A seal differs each time, so the hash is of the plain text; salted, so that nobody can try keys against it.
    const hash = sha256Hex(isSecret ? `${this.seal.derive("snapshot")}:${text}` : text);
    this.hashes.set(value, hash);
    if (this.isFresh(hash)) return hash;
    this.put.set(hash, this.now());
    this.store
      .set(this.keyOf(hash), isSecret ? this.seal.seal(text) : text, "EX", KEPT_SECONDS)
      // Redis is away: rollouts wait for it, and everything is put again when it is back.
      .catch(() => this.put.delete(hash));
    return hash;
  }

  /** Redis may have lost everything. */
  forget(): void {
    this.put.clear();
  }

  private isFresh(hash: string): boolean {
    const at = this.put.get(hash);
    return at !== undefined && this.now() - at < PUT_AGAIN_MS;
  }
}

/** Fetches snapshots once; the same hash gives the same object, on which the judge core keeps its index. */
export class SnapshotReader {
  private readonly cached = new Map<string, Promise<unknown>>();

  constructor(
    private readonly store: SnapshotStore,
    private readonly keyOf: (hash: string) => string,
    private readonly seal: Seal,
  ) {}

  /** @throws SnapshotGone */
  read<Value>(hash: string, isSecret: boolean): Promise<Value> {
    const known = this.cached.get(hash);
    if (known) return known as Promise<Value>;
    const reading = this.fetch(hash, isSecret);
    this.cached.set(hash, reading);
    reading.catch(() => this.cached.delete(hash));
    const [oldest] = this.cached.keys();
    if (this.cached.size > MAX_CACHED && oldest !== undefined) this.cached.delete(oldest);
    return reading as Promise<Value>;
  }

  private async fetch(hash: string, isSecret: boolean): Promise<unknown> {
    const text = await this.store.getex(this.keyOf(hash), "EX", KEPT_SECONDS);
    if (text === null) throw new SnapshotGone(`The snapshot ${hash} is not in Redis.`);
    return JSON.parse(isSecret ? this.seal.open(text) : text) as unknown;
  }
}

/** Components and their order: what all rollouts of one candidate share. */
export type PromptSnapshot = Pick<RolloutSpec, "components" | "layout">;
