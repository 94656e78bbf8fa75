// `npm run restore -- FILE`: puts a backup in place of the data, while no server runs.
import { parseArgs } from "node:util";
import { restore } from "@/lib/services/admin/restore";
import { readEnv } from "@/lib/services/env";
import { pathFromCaller, runCommand, UsageError } from "./run-command";

const USAGE = `Usage: npm run restore -- FILE [--without-key]
Puts FILE and FILE.key into the data folder (TOUCHSTONE_DATA_DIR). The server must be stopped. What was there is moved
aside, and every job that was under way waits until someone presses Resume.`;

await runCommand(USAGE, () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { "without-key": { type: "boolean", default: false }, help: { type: "boolean" } },
  });
  if (values.help) return console.log(USAGE);
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0) throw new UsageError("Name the one file to restore from.");
  const report = restore(readEnv(), pathFromCaller(file), { withoutKey: values["without-key"] });
  console.log(`${report.database} is what ${file} held.`);
  if (report.keptIn) console.log(`What was there before is in ${report.keptIn}.`);
  console.log(`${report.parkedJobs} unfinished jobs wait for Resume.`);
});
