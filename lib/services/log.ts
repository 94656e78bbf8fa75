import "server-only";
import pino, { type DestinationStream, type Logger } from "pino";
import { redact } from "@/lib/llm";
import type { Env } from "./env";

/**
 * The server's log: a line of JSON an event, on stdout unless told otherwise. What looks like a key is blanked in the
 * whole line, since providers echo keys in the texts of their errors, and those are the causes of ours.
 */
export function createLog(env: Pick<Env, "TOUCHSTONE_LOG_LEVEL">, destination?: DestinationStream): Logger {
  const options = {
    level: env.TOUCHSTONE_LOG_LEVEL,
    base: null,
    redact: ["*.apiKey", "*.authorization", "*.password", "*.cookie"],
    hooks: { streamWrite: (line: string) => redact(line) },
  };
  return destination ? pino(options, destination) : pino(options);
}
