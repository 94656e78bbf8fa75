// `npm run admin -- …`: what an operator does from the machine itself.
import { parseArgs } from "node:util";
import { emailSchema, passwordSchema } from "@/lib/contracts/accounts";
import { AppError } from "@/lib/contracts/errors";
import { listUsers, makeResetLinkOf, makeSetupLink, setPasswordOf } from "@/lib/services/admin/accounts";
import { readEnv } from "@/lib/services/env";
import { askForPassword, readPasswordFromStdin } from "./read-password";
import { runCommand, UsageError } from "./run-command";

const USAGE = `Usage:
  npm run admin -- list-users                               who has an account
  npm run admin -- setup-link                               a new first-run link (server stopped, no admin yet)
  npm run admin -- reset-link EMAIL                         a link to choose a new password (server may run)
  npm run admin -- set-password EMAIL [--password-stdin]    new password, ends that person's sessions (server stopped)
The data folder is the one of TOUCHSTONE_DATA_DIR, as for npm start.`;

await runCommand(USAGE, async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      "password-stdin": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const [command, ...rest] = positionals;
  if (values.help) console.log(USAGE);
  else if (command === "list-users" && rest.length === 0) showUsers();
  else if (command === "setup-link" && rest.length === 0) console.log(await makeSetupLink(readEnv()));
  else if (command === "reset-link" && rest.length === 1) showResetLink(rest[0] ?? "");
  else if (command === "set-password" && rest.length === 1)
    await changePassword(rest[0] ?? "", values["password-stdin"]);
  else throw new UsageError(command ? `"${positionals.join(" ")}" is no command.` : "Say what to do.");
});

function showUsers(): void {
  const users = listUsers(readEnv());
  if (users.length === 0) console.log("Nobody has an account yet.");
  for (const { name, email, isServerAdmin } of users) {
    console.log(`${email}\t${name}${isServerAdmin ? "\tadmin of this server" : ""}`);
  }
}

function showResetLink(address: string): void {
  const email = emailSchema.safeParse(address);
  if (!email.success) throw new UsageError(`"${address}" is no e-mail address.`);
  const { link, expiresAt } = makeResetLinkOf(readEnv(), email.data);
  console.log(`${link}\nIt works once, until ${new Date(expiresAt).toLocaleString()}.`);
}

async function changePassword(address: string, isPiped: boolean): Promise<void> {
  const email = emailSchema.safeParse(address);
  if (!email.success) throw new UsageError(`"${address}" is no e-mail address.`);
  const given = isPiped ? await readPasswordFromStdin() : await askForPassword();
  const password = passwordSchema.safeParse(given);
  if (!password.success) {
    throw new AppError("invalid-input", `${password.error.issues[0]?.message} Nothing was changed.`);
  }
  const name = await setPasswordOf(readEnv(), { email: email.data, password: password.data });
  console.log(`${name} (${email.data}) has a new password and is signed out everywhere.`);
}
