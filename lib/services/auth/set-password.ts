import "server-only";
import { and, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import type { Repos } from "@/db/repos/create-repos";
import { account } from "@/db/schema/auth";
import { AppError } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/contracts/permissions";
import { audit } from "../audit";
import type { AuthServer } from "./auth-server";

interface PasswordDeps {
  database: Database;
  repos: Repos;
  auth(): AuthServer;
  now(): number;
  newId(prefix: string): string;
}

/**
 * Gives a person a new password, or a first one, and signs them out everywhere. Throws `not-found`.
 * @returns the person's name
 */
export async function setPassword(
  by: Actor,
  { email, password }: { email: string; password: string },
  deps: PasswordDeps,
): Promise<string> {
  const { database, repos, now, newId } = deps;
  // hashing takes its time and cannot be part of a transaction
  const hash = await (await deps.auth().$context).password.hash(password);
  return database.transaction(() => {
    const person = repos.users.byEmail(email);
    if (!person) throw new AppError("not-found", `There is no account with the address ${email}.`);
    const when = new Date(now());
    const ofPerson = and(eq(account.userId, person.id), eq(account.providerId, "credential"));
    const changed = database.db
      .update(account)
      .set({ password: hash, updatedAt: when })
      .where(ofPerson)
      .run().changes;
    if (changed === 0) {
      const credential = {
        accountId: person.id,
        providerId: "credential",
        userId: person.id,
        password: hash,
      };
      database.db
        .insert(account)
        .values({ ...credential, id: newId("acc"), createdAt: when, updatedAt: when })
        .run();
    }
    repos.sessions.endOf(person.id);
    audit(deps, by, { projectId: null, action: "password-set", subjectType: "user", subjectId: person.id });
    return person.name;
  });
}
