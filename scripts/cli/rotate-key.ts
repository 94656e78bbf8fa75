// `npm run rotate-key`: seals every secret under a new key, while no server runs.
import { parseArgs } from "node:util";
import { rotateKey } from "@/lib/services/admin/rotate-key";
import { readEnv } from "@/lib/services/env";
import { readPasswordFromStdin } from "./read-password";
import { runCommand, UsageError } from "./run-command";

const USAGE = `Usage: npm run rotate-key [-- --secret-stdin]
Seals the keys of connections, agents and webhooks under a new key and ends all sessions. The server must be stopped.
Without an option a new key file is made. With --secret-stdin the first line of standard input is what TOUCHSTONE_SECRET
will be from now on (leave the old one set for this command).`;

await runCommand(USAGE, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { "secret-stdin": { type: "boolean", default: false }, help: { type: "boolean" } },
  });
  if (values.help) return console.log(USAGE);
  if (positionals.length > 0) throw new UsageError(`"${positionals.join(" ")}" means nothing here.`);
  const newSecret = values["secret-stdin"] ? await readPasswordFromStdin() : null;
  const { resealed, unreadable } = rotateKey(readEnv(), { newSecret });
  console.log(`${resealed} secrets are sealed under the new key. Everybody signs in again.`);
  for (const what of unreadable) console.log(`Could not be read, type it again: ${what}.`);
  console.log(
    newSecret === null
      ? "Backups made before keep their own key beside them. Make a new backup now: npm run backup -- FILE"
      : "Start the server with the new TOUCHSTONE_SECRET; with the old one it can read none of them.",
  );
});
