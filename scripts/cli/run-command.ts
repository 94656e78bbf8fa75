import path from "node:path";
import { DatabaseLockedError } from "@/db/lock";
import { AppError } from "@/lib/contracts/errors";

/** The command was called in a way it does not know; ends with code 2 and the usage. */
export class UsageError extends Error {}

/**
 * Runs a command to its end: 0 when it did what was asked, 1 when it was refused, 2 when it was called wrongly. Refusals
 * are told in their own words, without a stack; anything else is a bug and keeps its stack.
 */
export async function runCommand(usage: string, main: () => void | Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (error instanceof UsageError || isBadOption(error)) {
      process.stderr.write(`${(error as Error).message}\n\n${usage}\n`);
      process.exitCode = 2;
    } else if (isRefusal(error)) {
      process.stderr.write(`${(error as Error).message}\n`);
      process.exitCode = 1;
    } else throw error;
  }
}

/** A path as the person meant it: from the folder where npm was called, not from the project's. */
export function pathFromCaller(file: string): string {
  return path.resolve(process.env.INIT_CWD ?? process.cwd(), file);
}

function isRefusal(error: unknown): boolean {
  if (error instanceof AppError || error instanceof DatabaseLockedError) return true;
  return error instanceof Error && error.message.startsWith("The environment has settings");
}

/** What `parseArgs` throws on an option that it does not know. */
function isBadOption(error: unknown): boolean {
  return error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}
