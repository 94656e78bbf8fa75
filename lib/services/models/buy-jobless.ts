import "server-only";
import type { JoblessPurpose, SpendRepo } from "@/db/repos/spend.repo";
import { AppError } from "@/lib/contracts/errors";
import type { Usage } from "@/lib/llm";
import type { ModelRef } from "@/lib/rollouts/model-caller";
import { FREE, type MonthPurse, SpendStopped } from "../spend/month-purse";
import type { InTheAir } from "./buy-once";

/** What a purchase without a job needs. */
export interface Till {
  spend: SpendRepo;
  /** Commits together with what other calls write now. */
  commit<Result>(work: () => Result): Promise<Result>;
  purse: MonthPurse;
  isSimulated(ref: ModelRef): boolean;
  now(): number;
  newId(prefix: string): string;
}

export interface JoblessCall {
  projectId: string;
  purpose: JoblessPurpose;
  role: string;
  ref: ModelRef;
  /** What it costs at most, in USD; null where no price is known. */
  worstUsd: () => number | null;
  signal: AbortSignal;
}

/** A reply with what it cost; null where nobody tells. */
export interface Priced {
  usage: Usage;
  costUsd: number | null;
}

/**
 * A call that belongs to no job: counted in the project's month from before it flies and refused by its cap, and
 * nothing of it is kept but what it cost.
 * @throws `not-ready` where the month's cap leaves no room for it; nothing was sent then
 */
export async function buyJobless<Reply extends Priced>(
  till: Till,
  { projectId, purpose, role, ref, worstUsd, signal }: JoblessCall,
  buy: (flight: Pick<InTheAir, "sent" | "lost">) => Promise<Reply>,
): Promise<Reply> {
  const { spend, commit } = till;
  const simulated = till.isSimulated(ref);
  const reservation = simulated ? FREE : reserve(till, projectId, worstUsd);
  const held = reservation.heldUsd ?? 0;
  const id = till.newId("try");
  const { model, connectionId } = ref;
  const note = { id, projectId, purpose, role, model, connectionId, simulated, assumedUsd: held };
  let [hasFlown, lost] = [false, 0];
  const flight = {
    sent: () => {
      hasFlown = true;
    },
    lost: () => {
      lost += held;
      reservation.assume();
    },
  };
  try {
    await commit(() => spend.beginJobless({ ...note, at: till.now() }));
    const { usage, costUsd, ...rest } = await buy(flight);
    reservation.settle(costUsd ?? held);
    const assumedUsd = lost + (costUsd === null ? held : 0);
    await commit(() => spend.settleJobless(id, { ...usage, costUsd, assumedUsd }));
    return { usage, costUsd, ...rest } as Reply;
  } catch (error) {
    const cutUsd = signal.aborted && hasFlown ? held : 0;
    reservation.settle(cutUsd);
    const assumedUsd = lost + cutUsd;
    if (assumedUsd === 0) spend.forgetJobless(id);
    else spend.settleJobless(id, { inputTokens: null, outputTokens: null, costUsd: null, assumedUsd });
    throw error;
  }
}

/** Nothing waits for the cap here, so its words are an answer and no pause. */
function reserve({ purse }: Till, projectId: string, worstUsd: () => number | null) {
  try {
    return purse.reserveFor(projectId, worstUsd);
  } catch (error) {
    if (error instanceof SpendStopped) throw new AppError("not-ready", error.message);
    throw error;
  }
}
