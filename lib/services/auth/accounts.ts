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
  password: string;
  isServerAdmin: boolean;
}

interface Circumstances {
  /** Who makes it; null = the person itself, in the first run. */
  by: Actor | null;
  /** Runs first in the same transaction, and may throw to refuse. */
  guard?: () => void;
}

/** Makes an account that signs in with a password. Throws `conflict` when the address is taken. @returns its id */
export async function createAccount(
  input: NewAccount,
  deps: AccountDeps,
  { by, guard }: Circumstances,
): Promise<string> {
  const { database, repos, now, newId } = deps;
  // hashing takes its time and cannot be part of a transaction
  const { password: hasher } = await deps.auth().$context;
  const password = await hasher.hash(input.password);
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
    const when = new Date(at);
    const credential = { id: newId("acc"), accountId: id, providerId: "credential", userId: id, password };
    database.db
      .insert(account)
      .values({ ...credential, createdAt: when, updatedAt: when })
      .run();
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
    return id;
  });
}
