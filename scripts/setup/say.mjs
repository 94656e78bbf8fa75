/** Set-up talks on stderr: the stdout of a command (its `--json`, say) stays clean. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** A failure that is the user's to mend: its message is shown without a stack. */
export class SetupError extends Error {}

/** Runs the main function of a script; a `SetupError` ends it with its message alone and exit code 1. */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`\n${error.message}`);
    process.exitCode = 1;
  }
}

/** Whole seconds since `startMs`, for messages. */
export function secondsSince(startMs) {
  return `${Math.max(1, Math.round((Date.now() - startMs) / 1000))} s`;
}
