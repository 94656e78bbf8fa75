import "server-only";
import { DatabaseLockedError } from "@/db/lock";
import { singleton } from "@/lib/util/singleton";
import { type Container, getContainer } from "./container";
import { baseUrlOf } from "./env";
import { processStreams } from "./events/process-streams";
import { watchHttpServer } from "./http-server";
import { readEventLoopDelay } from "./process-health";

/** 128 + the number of the signal, as a shell reports it. */
const EXIT_CODES = { SIGTERM: 143, SIGINT: 130 } as const;

/** How long requests at work may take after a signal; with it the process is gone within ten seconds. */
const ANSWER_MS = 8_000;

/** Opens everything, says where the app is (and how to set it up), and takes interrupted jobs up again. Once a process. */
export function startServer(): void {
  singleton("started", () => {
    const container = openOrExit();
    const http = watchHttpServer(container.deps.env);
    readEventLoopDelay(); // from here on it is measured
    greet(container);
    container.start();
    // Opens the list of event streams, which close on a signal: Next does not end while one is open.
    processStreams();
    for (const [signal, exitCode] of Object.entries(EXIT_CODES)) {
      process.once(signal, () => {
        // requests at work still need the database: it is closed last
        const landed = Promise.all([http.drain(ANSWER_MS), container.drain()]);
        void landed.then(container.close).finally(() => process.exit(exitCode));
      });
    }
    return true;
  });
}

function openOrExit(): Container {
  try {
    return getContainer();
  } catch (error) {
    if (
      error instanceof DatabaseLockedError ||
      (error instanceof Error && error.message.startsWith("The environment"))
    ) {
      process.stderr.write(`\n${error.message}\n\n`);
      process.exit(1);
    }
    throw error;
  }
}

function greet({ deps: { env }, services }: Container): void {
  const base = baseUrlOf(env);
  const token = services.auth.issueSetupToken();
  const lines = token
    ? [`Touchstone is ready. Set it up (this link works once):`, `  ${base}/setup?token=${token}`]
    : [`Touchstone is ready: ${base}`];
  process.stdout.write(`\n${lines.join("\n")}\n\n`);
}
