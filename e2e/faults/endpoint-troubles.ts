import type { Fault } from "../fake-llm/protocol";
import { readRun, resume, startRun, type Trouble, untilDone, withWorld } from "./trouble";
import { pause, until } from "./world";

/** A run that meets a share of bad answers: it ends, or pauses with its cause in words and goes on when asked. */
function endpointTrouble(name: string, share: { every: number; fault: Fault }, timeoutMs = 20_000): Trouble {
  return {
    name: `endpoint: ${name}`,
    run: () =>
      withWorld(
        async (world) => {
          await world.endpoint.control({ share });
          const id = await startRun(world);
          const met = await until(
            `run under ${name}`,
            () => readRun(world, id),
            ({ state }) => state === "done" || state === "paused",
            120_000,
          );
          await world.endpoint.control({ share: null });
          if (met.state === "done") return "went on by itself, done";
          if (!met.cause || met.cause.length < 20) throw new Error(`paused without a cause: ${met.cause}`);
          await resume(world, id);
          return `paused with its cause, done after Resume`;
        },
        { timeoutMs },
      ),
  };
}

/** The endpoint says "too many" for a whole minute. */
const tooManyForAMinute: Trouble = {
  name: "endpoint: 429 for a minute",
  run: () =>
    withWorld(async (world) => {
      const id = await startRun(world);
      const fault: Fault = { kind: "status", status: 429, retryAfterMs: 500 };
      await world.endpoint.control({ share: { every: 1, fault } });
      await pause(60_000);
      await world.endpoint.control({ share: null });
      const met = await readRun(world, id);
      if (met.state !== "paused") {
        await untilDone(world, id);
        return "waited it out, done";
      }
      if (!met.cause || met.cause.length < 20) throw new Error(`paused without a cause: ${met.cause}`);
      await resume(world, id);
      return `paused ("${met.cause.slice(0, 60)}…"), done after Resume`;
    }),
};

export const endpointTroubles: readonly Trouble[] = [
  endpointTrouble("answers garbage", { every: 5, fault: { kind: "garbage" } }),
  endpointTrouble("resets connections", { every: 4, fault: { kind: "cut" } }),
  endpointTrouble("429 now and then", { every: 3, fault: { kind: "status", status: 429, retryAfterMs: 50 } }),
  endpointTrouble("429 all the time", { every: 1, fault: { kind: "status", status: 429, retryAfterMs: 50 } }),
  tooManyForAMinute,
  endpointTrouble("hangs", { every: 9, fault: { kind: "hang" } }, 2_500),
  endpointTrouble("slow drip", { every: 9, fault: { kind: "drip" } }, 2_500),
];
