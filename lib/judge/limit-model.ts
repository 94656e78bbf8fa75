import type { JudgeModel, JudgeModelReply, JudgeModelRequest } from "./ports";

/**
 * At most `limit` calls of `model` at once. Calls that others wait for (distil, consolidate) go before verdicts: so
 * fifty labels are taught and measured within the waves of alignment.md. Waiting calls are dropped on abort.
 * Throws `RangeError` unless `limit` is an integer above 0.
 */
export function limitModel(model: JudgeModel, limit: number): JudgeModel {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError(`limitModel: limit ${limit}`);
  const first: (() => void)[] = [];
  const rest: (() => void)[] = [];
  let free = limit;
  const leave = (): void => {
    const next = first.shift() ?? rest.shift();
    if (next) next();
    else free += 1;
  };
  const enter = (request: JudgeModelRequest, signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    if (free > 0) {
      free -= 1;
      return Promise.resolve();
    }
    const queue = request.purpose === "judge" ? rest : first;
    return waitIn(queue, signal);
  };
  return {
    ask: async (request, signal): Promise<JudgeModelReply> => {
      await enter(request, signal);
      try {
        return await model.ask(request, signal);
      } finally {
        leave();
      }
    },
  };
}

function waitIn(queue: (() => void)[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const start = (): void => {
      signal.removeEventListener("abort", give);
      resolve();
    };
    const give = (): void => {
      queue.splice(queue.indexOf(start), 1);
      reject(signal.reason);
    };
    queue.push(start);
    signal.addEventListener("abort", give, { once: true });
  });
}
