import "server-only";
import type { Database } from "@/db/client";
import type { Repos } from "@/db/repos/create-repos";
import { account } from "@/db/schema/auth";
import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import { audit } from "../audit";
import type { AuthServer } from "./auth-server";

interface AccountDeps {
  database: Database;
  repos: Repos;
  auth(): AuthServer;
  now(): number;
  newId(prefix: string): string;
}

export interface NewAccount {
  name: string;
  email: string;
  /** Null = opened by single sign-on with this address, which nobody else can then use. */
  password: string | null;
  isServerAdmin: boolean;
}

interface Circumstances {
  /** Who makes it; null = the person itself, in the first run. */
  by: Actor | null;
  /** Runs first in the same transaction, and may throw to refuse. */
  guard?: () => void;
  /** Runs last in the same transaction, with the new account's id; may throw to refuse. */
  then?: (userId: string) => void;
}

/** Makes an account. Throws `conflict` when the address is taken. @returns its id */
export async function createAccount(
  input: NewAccount,
  deps: AccountDeps,
  { by, guard, then }: Circumstances,
): Promise<string> {
  const { database, repos, now, newId } = deps;
  const password = input.password === null ? null : await hashPassword(deps, input.password);
  const email = input.email.toLowerCase();
  return database.transaction(() => {
    guard?.();
    if (repos.users.byEmail(email)) {
      throw new AppError(
        "conflict",
        "There is an account with this address already. Sign in with it, or use another address.",
        {
          errors: [{ path: "email", message: "is taken" }],
        },
      );
    }
    const id = newId("usr");
    const at = now();
    repos.users.insert({ id, name: input.name, email, isServerAdmin: input.isServerAdmin, at });
    if (password === null) repos.users.change(id, { emailVerified: true }, at);
    else addCredential(deps, id, password);
    const self: Actor = {
      kind: "user",
      userId: id,
      name: input.name,
      isServerAdmin: input.isServerAdmin,
      roles: {},
    };
    const action = by ? "account-created" : "server-set-up";
    audit(deps, by ?? self, {
      projectId: null,
      action,
      subjectType: "user",
      subjectId: id,
      details: { name: input.name },
    });
    then?.(id);
    return id;
  });
}

/** Hashing takes its time and cannot be part of a transaction. */
async function hashPassword({ auth }: AccountDeps, password: string): Promise<string> {
  return (await auth().$context).password.hash(password);
}

function addCredential({ database, now, newId }: AccountDeps, userId: string, password: string): void {
  const when = new Date(now());
  const credential = { id: newId("acc"), accountId: userId, providerId: "credential", userId, password };
  database.db
    .insert(account)
    .values({ ...credential, createdAt: when, updatedAt: when })
    .run();
}
