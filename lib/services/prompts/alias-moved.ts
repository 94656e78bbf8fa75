import "server-only";
import { AppError } from "@/lib/contracts/errors";
import type { ServiceDeps } from "../service-deps";

/** Somebody was faster (ux.md, moment 10). `extra.current` says what is there now; null = nothing. */
export function aliasMoved(repos: ServiceDeps["repos"], promptId: string, alias: string): AppError {
  const current = repos.aliases.get(promptId, alias);
  if (current === null) {
    return new AppError(
      "alias-moved",
      `Nothing is at ${alias}. Nothing was changed by you. Load the page again.`,
      { extra: { current: null } },
    );
  }
  const [event] = repos.aliases.history(promptId, alias);
  const { version, since } = current;
  const by = event?.actor ?? "Somebody";
  const verb = event?.kind === "rollback" ? "rolled back to" : "promoted";
  const detail = `Production changed while you read. ${by} ${verb} v${version}. Nothing was changed by you. Compare with v${version}, then decide.`;
  return new AppError("alias-moved", detail, {
    extra: { current: { version, since, by, kind: event?.kind ?? "promotion" } },
  });
}
