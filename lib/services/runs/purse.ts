import { LlmError } from "@/lib/llm";

interface PurseOptions {
  /** USD; may rise while the purse is in use. */
  maxUsd(): number;
  spentUsd: number;
  /** True when it was shut before, by an earlier start of the same job. */
  isShut: boolean;
  /** The first time that a call could pass the cap. */
  onShut(): void;
}

export interface Purse {
  /**
   * Asks only when the cap holds even if the call costs `worstUsd`; what does not tell its cost counts as that.
   * @throws LlmError, once a call could have passed the cap: from then on nothing is asked
   */
  spend<Reply extends { costUsd: number | null }>(
    worstUsd: number,
    ask: () => Promise<Reply>,
  ): Promise<Reply>;
}

export function createPurse({ maxUsd, spentUsd, isShut: wasShut, onShut }: PurseOptions): Purse {
  let spent = spentUsd;
  let inFlight = 0;
  let reserved = 0;
  let wake: (() => void)[] = [];
  let isShut = wasShut;

  const shut = (): LlmError => {
    if (!isShut) onShut();
    isShut = true;
    const message = `This call could have passed the money cap of $${maxUsd()}, so it was not made.`;
    return new LlmError({ kind: "bad-request", isRetryable: false, message });
  };
  /** Flights usually cost far less than their worst case: what they leave over is waited for before a call is refused. */
  const reserve = async (worst: number): Promise<void> => {
    while (!isShut && inFlight > 0 && spent + reserved + worst > maxUsd()) {
      await new Promise<void>((resolve) => wake.push(resolve));
    }
    if (isShut || spent + reserved + worst > maxUsd()) throw shut();
    inFlight += 1;
    reserved += worst;
  };
  return {
    spend: async (worst, ask) => {
      await reserve(worst);
      try {
        const reply = await ask();
        spent += reply.costUsd ?? worst;
        return reply;
      } finally {
        inFlight -= 1;
        reserved = inFlight === 0 ? 0 : reserved - worst;
        const waiting = wake;
        wake = [];
        for (const resolve of waiting) resolve();
      }
    },
  };
}
