import "server-only";
import { existsSync } from "node:fs";
import { openToRead } from "@/db/copy";
import { createRepos } from "@/db/repos/create-repos";
import type { User } from "@/db/repos/users.repo";
import { AppError } from "@/lib/contracts/errors";
import { makeResetToken } from "../auth/reset-token";
import { type Container, createContainer } from "../container";
import { baseUrlOf, dataPath, type Env } from "../env";
import { createSecretBox, readServerSecret } from "../secrets";
import { DATABASE_NAME } from "./data-files";

const OPERATOR = { kind: "system", name: "operator" } as const;

/** Everybody with an account, by name. Reads only: the server may run. */
export function listUsers(env: Env): User[] {
  const database = openToRead(databaseOf(env));
  try {
    return createRepos(database).users.list();
  } finally {
    database.close();
  }
}

/**
 * A fresh link of the first run, for a server that does not run (a running one has printed its own).
 * Throws `DatabaseLockedError`, and `setup-done` when somebody administers the server already.
 */
export function makeSetupLink(env: Env): Promise<string> {
  return withContainer(env, ({ services }) => {
    const token = services.auth.issueSetupToken();
    if (token) return `${baseUrlOf(env)}/setup?token=${token}`;
    throw new AppError(
      "setup-done",
      "This server has been set up already. If nobody can sign in, use set-password; list-users shows the accounts.",
    );
  });
}

/**
 * Sets a person's password and ends their sessions, on a server that does not run.
 * Throws `DatabaseLockedError` and `not-found`. @returns the person's name
 */
export async function setPasswordOf(env: Env, input: { email: string; password: string }): Promise<string> {
  databaseOf(env); // a mistyped data folder must not become an empty installation
  return withContainer(env, ({ services }) => services.auth.setPassword(OPERATOR, input));
}

/**
 * A link with which a person chooses a new password. Nothing is written: the server may run.
 * Throws `not-found`. @returns the link and when it ends
 */
export function makeResetLinkOf(env: Env, email: string): { link: string; expiresAt: number } {
  const database = openToRead(databaseOf(env));
  try {
    const repos = createRepos(database);
    const person = repos.users.byEmail(email);
    if (!person || person.closedAt !== null)
      throw new AppError("not-found", `There is no account with the address ${email} that is open.`);
    const secrets = createSecretBox(readServerSecret(env));
    const { token, expiresAt } = makeResetToken(person.id, { repos, secrets, now: Date.now });
    return { link: `${baseUrlOf(env)}/reset?token=${token}`, expiresAt };
  } finally {
    database.close();
  }
}

function databaseOf(env: Env): string {
  const file = dataPath(env, DATABASE_NAME);
  if (existsSync(file)) return file;
  throw new AppError(
    "not-found",
    `There is no database in ${dataPath(env)}. TOUCHSTONE_DATA_DIR says where it is.`,
  );
}

/** The container under the lock, without the job runner. */
async function withContainer<Result>(
  env: Env,
  work: (container: Container) => Result | Promise<Result>,
): Promise<Result> {
  const container = createContainer({ env });
  try {
    return await work(container);
  } finally {
    await container.close();
  }
}
