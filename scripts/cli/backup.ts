// `npm run backup -- FILE`: the database and the server's key, also while the server runs.
import { parseArgs } from "node:util";
import { backUp, formatBytes } from "@/lib/services/admin/backup";
import { readEnv } from "@/lib/services/env";
import { pathFromCaller, runCommand, UsageError } from "./run-command";

const USAGE = `Usage: npm run backup -- FILE
Writes FILE (the database as it is now) and FILE.key (the server's key, unless TOUCHSTONE_SECRET is set).
Keep both; together they open the keys of your connections.`;

await runCommand(USAGE, async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { help: { type: "boolean" } },
  });
  if (values.help) return console.log(USAGE);
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0) throw new UsageError("Name one file to write to.");
  const report = await backUp(readEnv(), pathFromCaller(file));
  console.log(`${report.file}: the database, ${formatBytes(report.bytes)}, checked.`);
  console.log(
    report.keyFile
      ? `${report.keyFile}: the server's key. Keep it as safe as a password.`
      : "No key file: this server takes its secret from TOUCHSTONE_SECRET, or has sealed nothing yet.",
  );
});
