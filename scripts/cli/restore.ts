// `npm run restore -- FILE`: puts a backup in place of the data, while no server runs.
import { parseArgs } from "node:util";
import { restore } from "@/lib/services/admin/restore";
import { readEnv } from "@/lib/services/env";
import { pathFromCaller, runCommand, UsageError } from "./run-command";

const USAGE = `Usage: npm run restore -- FILE [--without-key]
Puts FILE and FILE.key into the data folder (TOUCHSTONE_DATA_DIR). The server must be stopped. What was there is moved
aside, and every job that was under way waits until someone presses Resume. Records whose text was erased there after the
copy was made lose it again; words have to be erased again by hand.`;

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
  const { records, wordActs, isUnknown } = report.erasedAgain;
  if (isUnknown)
    console.log(
      "What was there before could not be read. If text was erased in it after the copy was made, erase it again.",
    );
  if (records > 0) console.log(`The text of ${records} records was erased since; it is erased again.`);
  if (wordActs > 0)
    console.log(
      `Words were erased in ${wordActs} acts since, and the copy may hold them: words are kept nowhere, so erase them again (Settings, Personal data, Erase text).`,
    );
});
