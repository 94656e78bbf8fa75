import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { AppError } from "@/lib/contracts/errors";
import { UsageError } from "./run-command";

/** The first line of standard input. */
export async function readPasswordFromStdin(input: NodeJS.ReadableStream = process.stdin): Promise<string> {
  return (await text(input)).split(/\r?\n/, 1)[0] ?? "";
}

/** Asks twice on the terminal, without showing what is typed. Throws `AppError` when the two differ. */
export async function askForPassword(): Promise<string> {
  if (!process.stdin.isTTY)
    throw new UsageError("There is no terminal to ask on: pipe the password in with --password-stdin.");
  const first = await askHidden("New password: ");
  if (first !== (await askHidden("The same again: ")))
    throw new AppError("invalid-input", "The two are not the same. Nothing was changed.");
  return first;
}

async function askHidden(question: string): Promise<string> {
  process.stderr.write(question);
  // readline echoes what is typed to its output: this one shows nothing
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await terminal.question("");
  } finally {
    terminal.close();
    process.stderr.write("\n");
  }
}
