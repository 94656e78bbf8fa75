import "server-only";
import { randomBytes } from "node:crypto";
import type { Repos } from "@/db/repos/create-repos";
import type { SetupInput } from "@/lib/contracts/accounts";
import { AppError } from "@/lib/contracts/errors";
import { sha256Hex } from "@/lib/util/hash";

interface FirstRunDeps {
  repos: Repos;
  now(): number;
  /** Makes the first account; `guard` runs inside its transaction. */
  createAdmin(input: SetupInput, guard: () => void): Promise<string>;
}

const TOKEN_LIFE_MS = 7 * 24 * 60 * 60 * 1_000;

/** The first run of a server: a one-time link, printed where the server was started, makes its first account. */
export interface FirstRun {
  /** Whether somebody administers this server already. */
  isDone(): boolean;
  /** A new token for the link; null when the first run is over. Only its hash is stored. */
  issueToken(): string | null;
  isTokenOpen(token: string): boolean;
  /** Makes the first account. Throws `setup-done` or `setup-token-invalid`. @returns the account's id */
  complete(input: SetupInput): Promise<string>;
}

export function createFirstRun({ repos, now, createAdmin }: FirstRunDeps): FirstRun {
  // accounts without a way to sign in (the sample's people) do not end the first run
  const isDone = (): boolean => repos.users.list().some(({ isServerAdmin }) => isServerAdmin);
  const assertOpen = (): void => {
    if (isDone())
      throw new AppError(
        "setup-done",
        "This server has been set up already. Sign in, or ask whoever set it up.",
      );
  };
  return {
    isDone,
    issueToken() {
      if (isDone()) return null;
      const token = randomBytes(24).toString("base64url");
      repos.users.addSetupToken(sha256Hex(token), now(), now() + TOKEN_LIFE_MS);
      return token;
    },
    isTokenOpen: (token) => repos.users.isSetupTokenOpen(sha256Hex(token), now()),
    complete(input) {
      assertOpen();
      return createAdmin(input, () => {
        assertOpen();
        if (repos.users.useSetupToken(sha256Hex(input.token), now())) return;
        const detail = "This link has been used or is too old. Start the server again: it prints a new one.";
        throw new AppError("setup-token-invalid", detail);
      });
    },
  };
}
