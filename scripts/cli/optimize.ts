// `npm run optimize -- …`: searches for a better prompt without a browser. --help says how.
import { readFileSync } from "node:fs";
import { type Env, readEnv } from "@/lib/services/env";
import { BadInput } from "@/lib/services/headless/bad-input";
import { readInputs } from "@/lib/services/headless/inputs";
import { optimizeHeadless } from "@/lib/services/headless/optimize-headless";
import { readOptions } from "@/lib/services/headless/options";
import { createProgressLine } from "@/lib/services/headless/progress";
import { EXIT } from "@/lib/services/headless/result";
import { HELP, SIMULATED_NOTE, summaryOf } from "@/lib/services/headless/words";
import { pathFromCaller } from "./run-command";

const INTERRUPTED = 130;
const progress = createProgressLine(process.stderr, Date.now);

try {
  process.exitCode = await main();
} catch (error) {
  progress.end();
  if (!(error instanceof BadInput)) throw error;
  process.stderr.write(
    `${error.problems.join("\n")}\n\nNothing was started. npm run optimize -- --help explains the options.\n`,
  );
  process.exitCode = EXIT.badInput;
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === "help") {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  const env = environment();
  const inputs = await readInputs(options, (file) => readFileSync(pathFromCaller(file), "utf8"));
  for (const note of options.notes) progress.say(note);
  if (options.endpoint === null) progress.say(SIMULATED_NOTE);
  const db = options.db === undefined ? undefined : pathFromCaller(options.db);
  const outcome = await optimizeHeadless({ ...options, db }, inputs, {
    env,
    stop: stopOnInterrupt(),
    onProgress: progress.show,
    say: progress.say,
  });
  progress.end();
  if (options.json && outcome.failure !== null) progress.say(`Stopped by failures: ${outcome.failure}`);
  process.stdout.write(`${options.json ? JSON.stringify(outcome.result) : summaryOf(outcome, options)}\n`);
  return outcome.exitCode;
}

function environment(): Env {
  try {
    return readEnv();
  } catch (error) {
    throw new BadInput([error instanceof Error ? error.message : String(error)]);
  }
}

/** The first Ctrl-C takes the best so far, the second leaves at once. */
function stopOnInterrupt(): AbortSignal {
  const controller = new AbortController();
  process.on("SIGINT", () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    progress.say(
      "Stopping: what has begun is finished, then the best so far is taken. Ctrl-C again leaves at once.",
    );
    controller.abort();
  });
  return controller.signal;
}
