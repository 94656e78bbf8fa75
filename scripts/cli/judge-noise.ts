// `npm run judge-noise -- …`: how far a judge's grades move by themselves, measured with the server stopped.
import { parseArgs } from "node:util";
import { createContainer } from "@/lib/services/container";
import { readEnv } from "@/lib/services/env";
import { measureNoiseOf } from "@/lib/services/judge-checks/measure-noise";
import { runCommand, UsageError } from "./run-command";

const USAGE = `Usage:
  npm run judge-noise -- [--judge ID or NAME] [--answers 10] [--readings 5] [--json]
Reads recorded answers again with the version in use and stores what came of it. The server must be stopped (its page
has a button for the same); the data folder is the one of TOUCHSTONE_DATA_DIR, as for npm start.`;

await runCommand(USAGE, async () => {
  const { values } = parseArgs({
    options: {
      judge: { type: "string" },
      answers: { type: "string", default: "10" },
      readings: { type: "string", default: "5" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const options = {
    judge: values.judge ?? null,
    answers: wholeNumber(values.answers, 1, 60, "--answers"),
    readings: wholeNumber(values.readings, 2, 10, "--readings"),
  };
  const container = createContainer({ env: readEnv() });
  try {
    container.start();
    const noise = await measureNoiseOf(container, options);
    console.log(values.json ? JSON.stringify(noise) : wordsOf(noise));
  } finally {
    await container.close();
  }
});

function wholeNumber(text: string, least: number, most: number, name: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new UsageError(`${name} takes a whole number from ${least} to ${most}, not "${text}".`);
}

function wordsOf(noise: Awaited<ReturnType<typeof measureNoiseOf>>): string {
  const { judge, version, simulated, answers, readings, sdGrades, flips, failed } = noise;
  return [
    `${judge} v${version}${simulated ? " (simulated)" : ""}: ${answers} answers, ${readings} readings each`,
    `spread of one reading   ${sdGrades === null ? "unknown" : `${sdGrades.toFixed(2)} grades`}`,
    `changed sides           ${flips} of ${answers}`,
    `without a grade         ${failed} readings`,
  ].join("\n");
}
